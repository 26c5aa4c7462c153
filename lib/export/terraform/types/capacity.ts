import { literal, text } from "../hcl";
import { Reader, type TypeTable } from "../writing";
import { cell, number } from "./cell";

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_template and autoscaling_group */
export const capacity = {
  "AWS::EC2::LaunchTemplate": cell(
    "aws_launch_template",
    {
      ref: "id",
      attributes: {
        LatestVersionNumber: "latest_version",
        DefaultVersionNumber: "default_version",
        LaunchTemplateId: "id",
      },
    },
    (body) => {
      const data = body.reader.inner("LaunchTemplateData");
      if (!data) return;
      const own = body
        .nest(data)
        .set("image_id", "ImageId")
        .set("instance_type", "InstanceType")
        .set("vpc_security_group_ids", "SecurityGroupIds")
        .set("user_data", "UserData");
      for (const device of data.each("BlockDeviceMappings")) {
        const mapping = body.nest(device).set("device_name", "DeviceName");
        const ebs = device.inner("Ebs");
        if (ebs)
          mapping.block(
            "ebs",
            body
              .nest(ebs)
              .set("encrypted", "Encrypted")
              .set("volume_size", "VolumeSize")
              .set("volume_type", "VolumeType"),
          );
        own.block("block_device_mappings", mapping);
      }
      const profile = data.inner("IamInstanceProfile");
      if (profile) own.block("iam_instance_profile", body.nest(profile).set("arn", "Arn").set("name", "Name"));
      const metadata = data.inner("MetadataOptions");
      if (metadata) own.block("metadata_options", body.nest(metadata).set("http_tokens", "HttpTokens"));
      body.entries.push(...own.entries);
    },
  ),
  "AWS::AutoScaling::AutoScalingGroup": cell(
    "aws_autoscaling_group",
    { ref: "name", attributes: { AutoScalingGroupARN: "arn" } },
    (body, writing, resource) => {
      body
        .set("min_size", "MinSize", number(writing))
        .set("max_size", "MaxSize", number(writing))
        .set("desired_capacity", "DesiredCapacity", number(writing))
        .set("protect_from_scale_in", "NewInstancesProtectedFromScaleIn")
        // Instances that are protected would never leave, and the group with them; its services are gone by then.
        .put("force_delete", literal(true))
        .set("vpc_zone_identifier", "VPCZoneIdentifier");
      const template = body.reader.inner("LaunchTemplate");
      if (template)
        body.block("launch_template", body.nest(template).set("id", "LaunchTemplateId").set("version", "Version"));
      const providers = Object.values(writing.stack.resources).filter(
        ({ type, properties }) =>
          type === "AWS::ECS::CapacityProvider" && JSON.stringify(properties).includes(JSON.stringify(resource.id)),
      );
      // ECS tags the group of a capacity provider; unsaid, the next run would take the tag away.
      if (providers.length > 0) {
        const tag = body
          .nest(new Reader(resource, {}))
          .put("key", text("AmazonECSManaged"))
          .put("value", text("true"))
          .put("propagate_at_launch", literal(true));
        body.block("tag", tag);
      }
    },
  ),
} satisfies Partial<TypeTable>;
