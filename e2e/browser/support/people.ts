import { expect, type Page } from '@playwright/test';
import type { Server } from './server';

/** Somebody with an account. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** The administrator that the set-up link creates. */
export const ada: Person = {
  name: 'Ada Lindqvist',
  email: 'ada@example.com',
  password: 'a stone on a stone',
};

/** A colleague without special rights. */
export const ben: Person = {
  name: 'Ben Okafor',
  email: 'ben@example.com',
  password: 'follow the small path',
};

/** Creates the administrator on the page behind the one-time link, which also signs in. */
export async function setUp(page: Page, link: string, person: Person): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Your name').fill(person.name);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('New password').fill(person.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expectSignedIn(page, person);
}

/** Makes an account from the command line, beside the running server. */
export async function addPerson(server: Server, person: Person): Promise<void> {
  await server.cairn('user', 'add', person.email, '--name', person.name, '--password', person.password);
}

/** Signs in on the sign-in page and waits until the app is there. */
export async function signIn(page: Page, server: Server, person: Person): Promise<void> {
  await page.goto(`${server.url}/signin`);
  await fillSignIn(page, person.email, person.password);
  await expectSignedIn(page, person);
}

/** Fills the sign-in form and sends it. */
export async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Waits until the app is there and says whose it is. */
export async function expectSignedIn(page: Page, person: Person): Promise<void> {
  await expect(page.getByRole('button', { name: `Account: ${person.name}` })).toBeVisible();
}
