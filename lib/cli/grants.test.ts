import { describe, expect, it } from "vitest";
import { printDocument } from "../document/parse";
import { type Draft, draw } from "../testing/draw";
import { fargateWeb } from "../testing/presets";
import { main } from "./main";

/** Runs `bayplan grants` on one design. */
async function grants(build: (draft: Draft) => void, format: "json" | "text") {
  const design = printDocument(draw(build));
  let out = "";
  const io = {
    stdin: async () => "",
    out: (text: string) => {
      out += text;
    },
    err: () => {},
    readFile: async () => design,
    readBytes: async () => new TextEncoder().encode(design),
    writeFile: async () => {},
  };
  return { code: await main(["grants", "d.json", "--format", format], io), out };
}

const sending = (draft: Draft, taskRole: object): void => {
  const web = fargateWeb(draft, { task: { taskRole: taskRole as never } });
  draft.connect(web.container, "send", draft.add("sqsQueue", {}, { name: "Orders" }));
};

describe("bayplan grants", () => {
  it("names for every edge who is allowed what by which statement, and ends with 0", async () => {
    const { code, out } = await grants((draft) => sending(draft, { mode: "derived" }), "json");
    const data = JSON.parse(out);
    expect([code, data.unused]).toEqual([0, []]);
    expect(data.outside).toMatch(/SCPs/);
    expect(data.edges.at(-1)).toMatchObject({
      verdict: "allowed",
      permissions: [
        {
          who: "WebTaskTaskRole",
          actions: ["sqs:SendMessage"],
          on: "arn:aws:sqs:us-east-1:${AWS::AccountId}:${Orders}",
          needed: true,
          verdict: "allowed",
          by: [
            {
              resource: "WebTaskTaskRoleDefaultPolicy",
              pointer: "/properties/PolicyDocument/Statement/0",
              origins: [{ edge: data.edges.at(-1).edge, why: "derived" }],
            },
          ],
        },
      ],
    });
  });

  it("ends with 1 where an edge is denied, and says what is allowed in vain", async () => {
    const statements = [{ actions: ["sqs:ReceiveMessage"], resources: ["*"] }];
    const { code, out } = await grants((draft) => sending(draft, { mode: "own", statements }), "text");
    expect(code).toBe(1);
    expect(out).toMatch(/^denied e\d+ Web task sends to Orders\n {2}denied {4}to send to Orders: No statement lets/m);
    expect(out).toMatch(/^unused {3}WebTaskTaskRole may do sqs:ReceiveMessage, and nothing drawn needs it/m);
  });

  it("ends with 3 where the role exists outside the design", async () => {
    const arn = "arn:aws:iam::123456789012:role/app";
    const { code, out } = await grants((draft) => sending(draft, { mode: "existing", arn }), "json");
    expect(code).toBe(3);
    expect(JSON.parse(out).edges.at(-1)).toMatchObject({
      verdict: "unknown",
      permissions: [{ who: arn, why: expect.stringMatching(/exists outside the design/) }],
    });
  });
});
