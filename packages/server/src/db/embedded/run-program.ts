import { spawn } from "node:child_process";
import type { RunAs } from "./run-as.ts";

/** What a short-lived program left: its exit code (null when a signal ended it) and everything it said. */
export interface ProgramResult {
  readonly code: number | null;
  readonly output: string;
}

/**
 * Runs one of PostgreSQL's programs to its end, as the database's user and in the root folder (the caller's own folder may be
 * closed to that user, which PostgreSQL's programs refuse). Rejects when it cannot be started at all (EACCES, ENOENT).
 */
export function runProgram(file: string, args: readonly string[], runAs: RunAs | undefined): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...runAs, cwd: "/", stdio: ["ignore", "pipe", "pipe"], env: programEnvironment });
    let output = "";
    const collect = (chunk: Buffer): void => {
      output += chunk.toString("utf8");
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ code, output });
    });
  });
}

/** PostgreSQL's programs get nothing of our environment: no PG* variables, no secrets, messages in English. */
export const programEnvironment: NodeJS.ProcessEnv = { LC_ALL: "C", LANG: "C", TZ: "UTC", PATH: "/usr/bin:/bin" };
