import type { Known } from "../../../stack/stack";
import { Intrinsic, type Properties, ref, targetOf, type Value } from "../../../stack/value";
import { call, type Expr, lit, make, obj, raw } from "../code";
import { str } from "../values";
import type { Writing } from "../writing";
import { secretOf } from "./container";
import { isText, same } from "./shared";

/** Drivers that the class knows. https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs.GenericLogDriver.html */
const drivers = /^(awslogs|fluentd|gelf|journald|json-file|logentries|splunk|syslog|awsfirelens)$/;

/** `ecs.LogDrivers.awsLogs(…)`, or a driver with its options as they are; undefined where neither says it. */
export function loggingOf(writing: Writing, task: Known, value: Value): Expr | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Intrinsic)
    return undefined;
  const { LogDriver, Options = {}, SecretOptions, ...more } = value as Properties;
  // Drivers take the execution role: without one the class would make its own.
  if (Object.keys(more).length > 0 || !isText(LogDriver) || task.properties.ExecutionRoleArn === undefined)
    return undefined;
  if (SecretOptions === undefined && LogDriver === "awslogs") {
    const usual = awsLogs(writing, Options as Properties);
    if (usual) return usual;
  }
  const secrets = SecretOptions === undefined ? undefined : secretOptions(writing, SecretOptions);
  if (!drivers.test(LogDriver) || (SecretOptions !== undefined && !secrets)) return undefined;
  const options = Object.entries(Options as Properties);
  if (options.length === 0 || options.some(([, one]) => !isText(one) && !(one instanceof Intrinsic))) return undefined;
  return make(
    "ecs.GenericLogDriver",
    obj({
      logDriver: lit(LogDriver),
      options: obj(Object.fromEntries(options.map(([key, one]) => [key, str(writing, one)]))),
      secretOptions: secrets,
    }),
  );
}

function awsLogs(writing: Writing, options: Properties): Expr | undefined {
  const {
    "awslogs-group": group,
    "awslogs-region": region,
    "awslogs-stream-prefix": prefix,
    mode: _mode,
    ...more
  } = options;
  const id = targetOf(group);
  if (Object.keys(more).length > 0 || _mode !== undefined || !isText(prefix) || id === undefined) return undefined;
  const handle = writing.built(id) ? writing.handle(id) : undefined;
  const usual =
    writing.resource(id)?.type === "AWS::Logs::LogGroup" && same(group, ref(id)) && same(region, ref("AWS::Region"));
  return handle && usual
    ? call(raw("ecs.LogDrivers.awsLogs"), obj({ streamPrefix: lit(prefix), logGroup: handle.variable }))
    : undefined;
}

function secretOptions(writing: Writing, value: Value): Expr | undefined {
  if (!Array.isArray(value)) return undefined;
  const entries = value.map((one): [string, Expr] | undefined => {
    const { Name, ValueFrom } = one as Properties;
    const secret = ValueFrom === undefined ? undefined : secretOf(writing, ValueFrom);
    return secret && isText(Name) ? [Name, secret] : undefined;
  });
  return entries.includes(undefined) ? undefined : obj(Object.fromEntries(entries as [string, Expr][]));
}
