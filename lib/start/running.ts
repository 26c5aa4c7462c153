import type { Run } from "../grants/needs";
import { keyOf } from "../grants/policies";
import type { Running } from "../grants/template";
import { launchOf } from "../network/interfaces";
import { at, keyOf as nameOf } from "../network/lookup";
import type { Ground } from "../network/walks/walk";
import type { Value } from "../stack/value";

/** Where a resolved stack runs its task definitions, as permissions are asked for it. */
export function runningIn({ network, places }: Ground): Running {
  const { lookup } = network;
  const names = { stack: lookup.stack, region: undefined };
  const roleOf = (id: string | undefined): Value | undefined => {
    const group = lookup.resource(id);
    const profile = group && launchOf(lookup, group).launch?.IamInstanceProfile;
    const named = at(profile, "Arn") ?? at(profile, "Name") ?? profile;
    const roles = named === undefined ? undefined : lookup.resource(nameOf(named))?.properties.Roles;
    return ([roles ?? []].flat() as Value[])[0];
  };
  const runs = (task: string): Run[] =>
    places.of(task).map((place) => ({
      place: place.resource.id,
      // On Managed Instances, as on Fargate, ECS never acts with the role of an instance.
      fargate: place.compute === "FARGATE" || place.managed,
      instances: place.instances.map(({ name, node }) => {
        const role = roleOf(node);
        return { name, who: role === undefined ? undefined : { role: keyOf(names, role) } };
      }),
    }));
  const instances = places.all.flatMap(({ managed, instances: all, cluster }) =>
    (managed ? [] : all).flatMap(({ node }) =>
      node === undefined ? [] : [[node, { role: roleOf(node), cluster }] as const],
    ),
  );
  return { runs, instances: new Map(instances) };
}
