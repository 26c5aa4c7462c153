import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const having = (name: string, value: string) =>
  draw((draft) => void fargateWeb(draft, { container: { environment: [{ name, value }] } }));

export const examples: Examples = {
  bad: [
    having("DB_PASSWORD", "hunter2"),
    having("STRIPE_API_KEY", "sk-live"),
    having("DATABASE", "postgres://app:hunter2@db.example.com/app"),
    having("KEY", "AKIAIOSFODNN7EXAMPLE"),
  ],
  good: [
    having("DB_PASSWORD_ARN", "arn:aws:secretsmanager:us-east-1:123456789012:secret:x-AbCdEf"),
    having("SECRET_NAME", "shop/db"),
    having("DATABASE", "postgres://db.example.com/app"),
    having("DB_PASSWORD", ""),
  ],
};
