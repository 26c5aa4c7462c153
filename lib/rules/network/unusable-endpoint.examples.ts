import type { JsonObject } from "../../core/json";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

/** A web service without NAT whose way to CloudWatch Logs is an endpoint written by hand. */
const web = (endpoint: JsonObject, ingress: JsonObject[], service: "new" | "existing" = "new") =>
  draw((draft) => {
    const drawn = fargateWeb(draft, {
      vpc: {
        source: service,
        natGateways: "none",
        interfaceEndpoints: ["ecr.api", "ecr.dkr"],
        gatewayEndpoints: ["s3"],
      },
    });
    const properties = (pointer: string) => ({ pointer });
    const group = draft.add(
      "generic",
      {
        type: "AWS::EC2::SecurityGroup",
        properties: { GroupDescription: "Logs endpoint", SecurityGroupIngress: ingress },
      },
      { name: "Logs endpoint group" },
    );
    const logs = draft.add(
      "generic",
      {
        type: "AWS::EC2::VPCEndpoint",
        properties: {
          ServiceName: { "Fn::Sub": "com.amazonaws.${AWS::Region}.logs" },
          VpcEndpointType: "Interface",
          SecurityGroupIds: [{ "Fn::GetAtt": ["LogsEndpointGroup", "GroupId"] }],
          ...endpoint,
        },
      },
      { name: "Logs endpoint" },
    );
    draft.connect(group, "reference", drawn.vpc, properties("/VpcId"));
    draft.connect(logs, "reference", drawn.vpc, properties("/VpcId"));
  });
const https = (CidrIp: string) => ({ IpProtocol: "tcp", FromPort: 443, ToPort: 443, CidrIp });

export const examples: Examples = {
  bad: [
    web({ PrivateDnsEnabled: true }, []),
    web({ PrivateDnsEnabled: true }, [https("192.168.0.0/16")]),
    web({ PrivateDnsEnabled: false }, [https("10.0.0.0/16")]),
  ],
  good: [web({ PrivateDnsEnabled: true }, [https("10.0.0.0/16")])],
  unknowable: [web({ PrivateDnsEnabled: true }, [], "existing")],
};
