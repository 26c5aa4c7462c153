import { expect, it } from "vitest";
import { allowedOrigins } from "./allowed";

it("adds the operator's origins to the public ones, each once", () => {
  const { origins, refused } = allowedOrigins(
    " https://Git.Acme.example/  http://127.0.0.1:8080 https://gitlab.com https://api.acme.ghe.com",
  );
  expect(origins).toEqual([
    "https://api.github.com",
    "https://gitlab.com",
    "https://git.acme.example",
    "http://127.0.0.1:8080",
    "https://api.acme.ghe.com",
  ]);
  expect(refused).toEqual([]);
  expect(allowedOrigins(undefined).origins).toHaveLength(2);
});

it("leaves out what is no origin, and says so", () => {
  for (const bad of [
    "*",
    "https://*",
    "https://*.acme.example",
    "https://x;script-src",
    "http://git.acme.example",
    "https://a/b",
    "'self'",
    "data:",
    "git.acme.example",
    "https://a@b",
  ]) {
    const { origins, refused } = allowedOrigins(bad);
    expect(origins, bad).toHaveLength(2);
    expect(refused).toHaveLength(1);
  }
});
