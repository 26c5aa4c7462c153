import { describe, expect, it } from "vitest";
import { starters } from "../document/starters";
import { analyse } from "../editor/analysis";
import { ruleOf } from "../rules/registry";
import { type Draft, draw } from "../testing/draw";
import { ec2Web, fargateWeb, type WebChanges } from "../testing/presets";
import { checkTable } from "./checks";
import { runsTasks, startsAt, startsIn, startsOf } from "./start";

const options = { environment: null, scenario: "typical", prices: null } as const;
const starts = (build: (draft: Draft) => void) => startsOf(analyse(draw(build), options));
const web = (change: WebChanges) => starts((draft) => void fargateWeb(draft, change));
const not = (start: ReturnType<typeof starts>[number] | undefined) =>
  start?.checks.filter(({ verdict }) => verdict !== "passes").map(({ check, verdict }) => `${check} ${verdict}`);

describe("whether a task will start", () => {
  it("starts where nothing stands against it, on both kinds of compute", () => {
    expect(web({}).map(({ verdict }) => verdict)).toEqual(["starts"]);
    expect(starts((draft) => void ec2Web(draft)).map(({ verdict }) => verdict)).toEqual(["starts"]);
  });

  it("fails without a way to registry and logs, and says why", () => {
    const [start] = web({ vpc: { natGateways: "none" } });
    expect([start?.verdict, not(start)]).toEqual(["fails", ["image fails", "logs fails"]]);
    expect(start?.why).toMatch(/has no route to the image of app \(Amazon ECR\)/);
  });

  it("leads from each reason to where it is said, and to the finding that mends it", () => {
    let service = "";
    const [start] = starts((draft) => {
      service = fargateWeb(draft, { service: { securityGroups: { mode: "own" } } }).service;
    });
    const failing = start?.checks.find(({ check }) => check === "health");
    expect(failing?.against).toMatchObject([
      { at: { node: service, field: "/securityGroups" }, finding: { fix: { title: "Let the load balancer in" } } },
    ]);
    expect(failing?.why).toBe(failing?.against[0]?.why);
    expect(start?.checks.filter(({ verdict }) => verdict === "passes").flatMap(({ against }) => against)).toEqual([]);
  });

  it("says once what a rule and a hop both say", () => {
    const [start] = starts((draft) => {
      const web = fargateWeb(draft);
      const files = draft.add("efs", { securityGroups: { mode: "own" } }, { name: "Files", parent: web.vpc });
      draft.connect(web.container, "mount", files);
    });
    const volumes = start?.checks.find(({ check }) => check === "volumes");
    expect(volumes?.against).toMatchObject([
      {
        why: expect.stringMatching(/^No rule of FilesSecurityGroup lets tcp\/2049 in/),
        finding: { rule: "ECS-STO-004" },
      },
    ]);
  });

  describe("room on instances", () => {
    const on = (desiredCount: number, instanceType: string, maxSize: number, container: WebChanges["container"]) => {
      const capacity = { instanceType, minSize: 1, maxSize };
      const [start] = starts((draft) => void ec2Web(draft, { service: { desiredCount }, capacity, container }));
      return [start?.verdict, not(start), start?.why];
    };

    it("counts the tasks that the instances can hold at the most", () => {
      // Of 2 GiB the system keeps some, so that they hold 512 MiB three times, and seven of these want a third instance.
      expect(on(7, "t3.small", 2, { memoryReservation: 512 })).toEqual([
        "fails",
        ["placement fails"],
        expect.stringContaining("the at most 2 t3.small instances of Instances have room for 6, so 1 task would wait"),
      ]);
      expect(on(6, "t3.small", 2, { memoryReservation: 512 })[0]).toBe("starts");
      // 2 vCPU are 2,048 CPU units.
      expect(on(5, "t3.medium", 2, { cpu: 1024 })[1]).toEqual(["placement fails"]);
      expect(on(4, "t3.medium", 2, { cpu: 1024 })[0]).toBe("starts");
    });

    it("counts one task an instance where a host port is fixed", () => {
      const fixed = { portMappings: [{ containerPort: 8080, hostPort: 80 }] };
      expect(on(3, "t3.medium", 2, fixed)[1]).toEqual(["placement fails", "network unknowable"]);
    });

    it("cannot know whether the system leaves nearly all of an instance", () => {
      expect(on(1, "t3.micro", 4, { memory: 1000, memoryReservation: 1000 }).slice(0, 2)).toEqual([
        "unknowable",
        ["placement unknowable"],
      ]);
      expect(on(1, "t3.micro", 4, { memory: 900, memoryReservation: 900 })[0]).toBe("starts");
    });
  });

  it("says a reason once that stands against several lines", () => {
    const [start] = web({ service: { tier: "public", assignPublicIp: false } });
    expect(not(start)).toEqual(["image fails", "logs fails"]);
    expect(start?.why.match(/routes to an internet gateway/g)).toHaveLength(1);
  });

  it("is worked out once, and only for what runs tasks or is run", () => {
    const ids: string[] = [];
    const facts = analyse(
      draw((draft) => {
        const web = fargateWeb(draft);
        ids.push(web.service, web.task, web.alb);
      }),
      options,
    );
    expect(startsIn(facts)).toBe(startsIn(facts));
    expect(ids.map((id) => runsTasks(facts, id))).toEqual([true, true, false]);
    expect(ids.map((id) => startsAt(facts, id).length)).toEqual([1, 1, 0]);
  });

  it("fails on a size that Fargate does not have", () => {
    expect(not(web({ task: { cpu: 256, memory: 8192 } })[0])).toEqual(["placement fails"]);
  });

  it("fails on a role that may not pull", () => {
    const executionRole = { mode: "own" as const, managedPolicyArns: [], statements: [] };
    expect(not(web({ task: { executionRole } })[0])).toEqual(["role fails", "image fails", "logs fails"]);
  });

  it("cannot know what a role outside the design, or a policy that is not known, allows", () => {
    const arn = "arn:aws:iam::123456789012:role/exec";
    expect(not(web({ task: { executionRole: { mode: "existing", arn } } })[0])).toEqual([
      "role unknowable",
      "image unknowable",
      "logs unknowable",
    ]);
    const own = (...managedPolicyArns: string[]) =>
      not(web({ task: { executionRole: { mode: "own", managedPolicyArns } } })[0]);
    expect(own("arn:aws:iam::123456789012:policy/Ours")).toEqual(["image unknowable", "logs unknowable"]);
    expect(own("arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy")).toEqual([]);
  });

  it("reads policies statement by statement: the right action on another secret is no permission", () => {
    const secret = (...resources: string[]) =>
      starts((draft) => {
        const task = {
          executionRole: {
            mode: "own" as const,
            managedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"],
            statements: [{ actions: ["secretsmanager:GetSecretValue"], resources }],
          },
        };
        const web = fargateWeb(draft, { task });
        const arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";
        const login = draft.add("secret", { source: { from: "existing", arn } }, { name: "Login" });
        draft.connect(web.container, "inject", login, { name: "DB_PASSWORD" });
      });
    const mine = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:";
    expect(not(secret(`${mine}db-*`)[0])).toEqual([]);
    const [start] = secret(`${mine}mail-*`);
    expect(not(start)).toEqual(["role fails", "secrets fails"]);
    expect(start?.why).toMatch(/secretsmanager:GetSecretValue on arn:aws:secretsmanager:.*db-AbCdEf/);
  });

  it("pulls and logs with the role of the instances where there is no execution role", () => {
    const bare = { mode: "none" as const };
    expect(starts((draft) => void ec2Web(draft, { task: { executionRole: bare } })).map(not)).toEqual([[]]);
    const instanceRole = { mode: "own" as const, managedPolicyArns: [], statements: [] };
    const [start] = starts(
      (draft) => void ec2Web(draft, { task: { executionRole: bare }, capacity: { instanceRole } }),
    );
    expect(not(start)).toEqual(["placement fails", "image fails", "logs fails"]);
  });

  it("fails on a public address for tasks on instances, and leads to the setting", () => {
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html
    let service = "";
    const [start] = starts((draft) => {
      service = ec2Web(draft, { task: { networkMode: "awsvpc" }, service: { assignPublicIp: true } }).service;
    });
    expect(not(start)).toEqual(["network fails"]);
    const [against] = start?.checks.find(({ check }) => check === "network")?.against ?? [];
    expect(against?.at).toEqual({ node: service, field: "/assignPublicIp" });
  });

  it("cannot know whether instances that are told the name of a cluster join this one", () => {
    const customUserData = "#!/bin/bash\necho ECS_CLUSTER=prod >> /etc/ecs/ecs.config";
    const [start] = starts((draft) => void ec2Web(draft, { capacity: { customUserData } }));
    expect(not(start)).toEqual(["placement unknowable"]);
    expect(start?.why).toMatch(/names the cluster prod, and CloudFormation gives Main another name/);
  });

  it("cannot know whether the registry of another account lets it pull", () => {
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
    let task = "";
    const [start] = starts((draft) => {
      const image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1";
      const { cluster } = fargateWeb(draft);
      const containerDefinitions = { c1: { name: "app", image } };
      task = draft.add(
        "taskDefinition",
        { cpu: 256, memory: 512, networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"], containerDefinitions },
        { name: "Another", parent: cluster },
      );
      const service = draft.add(
        "service",
        { launchType: "FARGATE", desiredCount: 1 },
        { name: "Another", parent: cluster },
      );
      draft.connect(service, "run", task);
    });
    expect(not(start)).toEqual(["image unknowable"]);
    expect(start?.checks.find(({ check }) => check === "image")?.against[0]?.at).toEqual({
      node: task,
      field: "/containerDefinitions/c1/image",
    });
  });

  it("leads to the role that lacks a permission", () => {
    const nobody = { mode: "own" as const, managedPolicyArns: [], statements: [] };
    let ids = { task: "", capacity: "" };
    const [start] = starts((draft) => {
      ids = ec2Web(draft, { task: { executionRole: nobody }, capacity: { instanceRole: nobody } });
    });
    const at = (line: string) => start?.checks.find(({ check }) => check === line)?.against.map((one) => one.at);
    expect(at("placement")?.[0]).toEqual({ node: ids.capacity, field: "/instanceRole" });
    expect(at("logs")?.[0]).toEqual({ node: ids.task, field: "/executionRole" });
  });

  it("fails where health checks cannot get in", () => {
    expect(not(web({ service: { securityGroups: { mode: "own" } } })[0])).toEqual(["health fails"]);
  });

  it("cannot know the routes of a VPC that exists already", () => {
    const [start] = web({ vpc: { source: "existing" } });
    expect(start?.verdict).toBe("unknowable");
    expect(not(start)).toContain("image unknowable");
  });

  it("says of a definition that nothing runs that nobody can know", () => {
    const [start] = starts((draft) => {
      draft.add("taskDefinition", { containerDefinitions: { c1: { name: "app" } } }, { name: "Idle" });
    });
    expect(start).toMatchObject({
      place: null,
      verdict: "unknowable",
      why: expect.stringMatching(/^Nothing runs Idle/),
    });
  });

  it("judges each place of a definition by itself", () => {
    const found = starts((draft) => {
      const ids = fargateWeb(draft);
      const second = draft.add(
        "service",
        { launchType: "FARGATE", desiredCount: 2, tier: "isolated" },
        { name: "Alone", parent: ids.cluster },
      );
      draft.connect(second, "run", ids.task);
    });
    // In the order of their logical ids: Alone, Web.
    expect(found.map(not)).toEqual([["image fails", "logs fails"], []]);
  });

  it("says of a schedule's task what stops it there, and nothing of that of the service beside it", () => {
    const found = starts((draft) => {
      const ids = fargateWeb(draft);
      const nightly = draft.add("eventSchedule", {}, { name: "Nightly" });
      draft.connect(nightly, "runTask", ids.task, { cluster: ids.cluster, tier: "isolated" });
    });
    expect(found.map(not)).toEqual([[], ["image fails", "logs fails"]]);
  });

  it("lets no starter fail", () => {
    for (const { document } of starters) {
      const all = startsOf(analyse(document, options));
      expect(all.filter(({ verdict }) => verdict === "fails")).toEqual([]);
    }
  });

  it("rests on rules that exist", () => {
    const named = Object.values(checkTable).flatMap((check) => [
      ...check.rules,
      ...("doubts" in check ? check.doubts : []),
    ]);
    expect(named.filter((rule) => !ruleOf(rule))).toEqual([]);
  });
});
