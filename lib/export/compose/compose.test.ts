import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Document } from "../../document/document";
import { starters } from "../../document/starters";
import { analyse } from "../../editor/analysis";
import { exportInput } from "../../editor/exporting";
import { type Draft, draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import { sampleDesign } from "../../testing/sample-design";
import { compose } from ".";

interface Service {
  image: string;
  ports?: string[];
  network_mode?: string;
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  volumes?: { type: string; source: string; target: string }[];
  [key: string]: unknown;
}
interface File {
  name: string;
  services: Record<string, Service>;
  volumes?: Record<string, object>;
}

function exported(document: Document): { file: File; env: string; notes: string[]; text: string } {
  const analysis = analyse(document, { environment: null, scenario: "typical", prices: null });
  const { stack, context } = exportInput(analysis, { prices: null });
  const { files, notes } = compose.emit(stack, {}, context);
  const text = files[0]?.text ?? "";
  const file = parse(text) as File;
  expect(parse(text, { version: "1.1" })).toEqual(file);
  return { file, text, env: files[1]?.text ?? "", notes: notes.map(({ message }) => message) };
}

/** Keys of a service that we write. https://docs.docker.com/reference/compose-file/services/ */
const known = new Set(
  (
    "image profiles entrypoint command working_dir environment network_mode ports networks hostname extra_hosts dns dns_search depends_on " +
    "healthcheck volumes volumes_from tmpfs shm_size init cap_add cap_drop user privileged read_only ulimits sysctls mem_limit " +
    "mem_reservation labels restart stop_grace_period stdin_open tty"
  ).split(" "),
);

/** What Docker Compose would refuse: one sentence each. */
function faults({ file, env }: ReturnType<typeof exported>): string[] {
  const found: string[] = [];
  const say = (fault: string | false): void => void (fault && found.push(fault));
  say(!/^[a-z0-9][a-z0-9_-]*$/.test(file.name) && `The project is named ${file.name}.`);
  const variables = new Set([...env.matchAll(/^([A-Za-z_][A-Za-z0-9_]*)=/gm)].map(([, name]) => name));
  const ports = new Set<string>();
  for (const [name, service] of Object.entries(file.services)) {
    say(!/^[a-zA-Z0-9._-]+$/.test(name) && `${name} is no name for a service.`);
    for (const key of Object.keys(service)) say(!known.has(key) && `${name} has ${key}.`);
    say(service.image === "" && `${name} has no image.`);
    const joined = service.network_mode?.replace(/^service:/, "");
    say(joined !== undefined && !file.services[joined] && `${name} joins ${joined}, which is not there.`);
    for (const key of ["ports", "networks", "hostname", "dns", "dns_search", "extra_hosts"]) {
      say(joined !== undefined && key in service && `${name} has ${key} on a network of another.`);
    }
    for (const other of Object.keys(service.depends_on ?? {})) {
      say(!file.services[other] && `${name} waits for ${other}, which is not there.`);
    }
    for (const port of service.ports ?? []) {
      const host = `${port.split(":")[1]}${port.endsWith("/udp") ? "/udp" : ""}`;
      say(ports.has(host) && `${host} is published twice.`);
      ports.add(host);
    }
    for (const { type, source } of service.volumes ?? []) {
      say(type === "volume" && !file.volumes?.[source] && `${name} mounts ${source}, which is not there.`);
    }
    for (const [, dollars, rest = ""] of JSON.stringify(service).matchAll(/(\$+)(\{[^}]*\})?/g)) {
      const variable = /^\{([A-Za-z0-9_]+)(:-[^}]*)?\}$/.exec(rest)?.[1];
      const odd = (dollars ?? "").length % 2 === 1;
      say(
        odd && !variables.has(variable ?? "") && `${name} has ${dollars}${rest}, which is no variable of .env.example.`,
      );
    }
  }
  const waits = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) say(`${[...path, name].join(" waits for ")}.`);
    else {
      const { depends_on = {}, network_mode } = file.services[name] ?? { image: "" };
      const others = [...Object.keys(depends_on), ...(network_mode ? [network_mode.replace(/^service:/, "")] : [])];
      for (const other of others) waits(other, [...path, name]);
    }
  };
  for (const name of Object.keys(file.services)) waits(name, []);
  return found;
}

describe("compose.yaml", () => {
  it.each(starters.map(({ id, document }) => [id, document] as const))(
    "of %s is one that Compose takes",
    (_, document) => {
      const result = exported(document);
      expect(Object.keys(result.file.services)).not.toEqual([]);
      expect(faults(result)).toEqual([]);
    },
  );

  it("of random designs is one that Compose takes", () => {
    for (let seed = 0; seed < 40; seed += 1) expect(faults(exported(sampleDesign(seed, 30))), String(seed)).toEqual([]);
  });

  it("takes no name and no value for a variable or for YAML", () => {
    const odd = 'a: "b" ${HOME} $$ # */ \u2028 🚢 {x}';
    const document = structuredClone(starters[0]?.document as Document);
    document.name = odd;
    for (const node of Object.values(document.nodes)) {
      node.name = odd;
      if (node.kind !== "taskDefinition") continue;
      for (const container of Object.values(node.props.containerDefinitions ?? {})) {
        container.command = [odd, "line\nbreak"];
        container.environment = [{ name: "NO", value: odd }];
      }
    }
    const result = exported(document);
    expect(faults(result)).toEqual([]);
    for (const service of Object.values(result.file.services)) {
      expect(service.command).toEqual([odd.replaceAll("$", "$$$$"), "line\nbreak"]);
      expect(service.environment?.NO).toBe(odd.replaceAll("$", "$$$$"));
    }
  });

  const task = (change: (draft: Draft, ids: ReturnType<typeof fargateWeb>) => void) =>
    exported(draw((draft) => change(draft, fargateWeb(draft))));

  it("lets the containers of a task share one network, as on AWS", () => {
    const { file } = task(({ document, connect }, ids) => {
      const { props } = document.nodes[ids.task] as { props: { containerDefinitions: Record<string, object> } };
      props.containerDefinitions.c1 = {
        name: "app",
        image: "app:1",
        portMappings: [{ containerPort: 8080 }],
      };
      props.containerDefinitions.c2 = {
        name: "proxy",
        image: "envoy:1",
        portMappings: [{ containerPort: 9901 }],
        healthCheck: { command: ["CMD-SHELL", "test $READY"], interval: 10 },
      };
      connect(`${ids.task}/c1`, "dependsOn", `${ids.task}/c2`, { condition: "HEALTHY" });
    });
    expect(file.services.proxy).toMatchObject({
      ports: ["127.0.0.1:8080:8080", "127.0.0.1:9901:9901"],
      healthcheck: { test: ["CMD-SHELL", "test $$READY"], interval: "10s" },
    });
    expect(file.services.app).toMatchObject({
      network_mode: "service:proxy",
      depends_on: { proxy: { condition: "service_healthy" } },
    });
    expect(file.services.app).not.toHaveProperty("ports");
  });

  it("of the shop starts what services keep running, builds its images here and asks for the rest", () => {
    const { file, env, notes } = exported(starters.find(({ id }) => id === "shop")?.document as Document);
    expect(file.services.report?.profiles).toEqual(["tasks"]);
    expect(file.services.web).not.toHaveProperty("profiles");
    expect(file.services.web).toMatchObject({
      image: "${WEB_IMAGE:-web:v1}",
      environment: { ORDERS_QUEUE_URL: "${ORDERS_QUEUE_URL}", DB_PASSWORD: "${DB_PASSWORD}" },
      read_only: true,
    });
    // The queue's address and the password are the same for all who use them.
    expect(env.match(/^[A-Z_]+=/gm)?.sort()).toEqual([
      "DB_PASSWORD=",
      "ORDERS_QUEUE_URL=",
      "REPORT_IMAGE=",
      "WEB_IMAGE=",
      "WORKER_IMAGE=",
    ]);
    expect(notes.join(" ")).toContain("queues, secrets and topics stay in AWS");
  });
});
