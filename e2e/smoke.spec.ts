import { expect, test } from "@playwright/test";

test("the page opens with its name, and no error in the console", async ({ page }) => {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));

  await page.goto("/");

  await expect(page).toHaveTitle(/Bayplan/);
  await expect(page.getByRole("main")).toBeVisible();
  expect(errors).toEqual([]);
});
