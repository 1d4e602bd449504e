import { describe, expect, it } from "vitest";
import { ConfigError, loadConfig } from "../../src/app/config.ts";

const person = { root: false, home: "/home/kim" };

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    loadConfig(environment, person);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
  }
  return [];
}

describe("settings", () => {
  it("has a default for everything", () => {
    expect(loadConfig({}, person)).toEqual({
      databaseUrl: undefined,
      dataFolder: "/home/kim/.local/share/rollcall",
      host: "127.0.0.1",
      port: 7077,
      publicUrl: undefined,
      trustedProxies: [],
      role: "all",
      syncsAtOnce: 2,
      runsAtOnce: 4,
      stopDelaySeconds: 0,
      requests: { requestsAtOnce: 20, requestsWaiting: 400, eventStreams: 200 },
      largestUploadBytes: 21_474_836_480,
      metricsToken: undefined,
      secretKey: undefined,
      olderSecretKeys: [],
      logLevel: "info",
    });
  });

  it.each([
    [{}, true, "/var/lib/rollcall"],
    [{ XDG_DATA_HOME: "/data" }, false, "/data/rollcall"],
    [{ XDG_DATA_HOME: "data" }, false, "/home/kim/.local/share/rollcall"],
    [{ XDG_DATA_HOME: "/data", ROLLCALL_DATA: "/srv/rc" }, true, "/srv/rc"],
  ])("data folder of %o, root %s: %s", (environment, root, folder) => {
    expect(loadConfig(environment, { ...person, root }).dataFolder).toBe(folder);
  });

  it.each([["0.5", 536_870_912], ["100", 107_374_182_400]])("takes uploads of at most %s GB: %i bytes", (gigabytes, bytes) => {
    expect(loadConfig({ ROLLCALL_LARGEST_UPLOAD_GB: gigabytes }, person).largestUploadBytes).toBe(bytes);
    expect(problemsOf({ ROLLCALL_LARGEST_UPLOAD_GB: "0" })).toEqual(["ROLLCALL_LARGEST_UPLOAD_GB is below 0.001"]);
  });

  it("reads what is given", () => {
    const key = Buffer.alloc(32, 7);
    const config = loadConfig(
      {
        DATABASE_URL: "postgresql://rc:pw@db/rollcall",
        ROLLCALL_PORT: "0",
        ROLLCALL_HOST: "::",
        ROLLCALL_ROLE: "worker",
        ROLLCALL_PUBLIC_URL: "https://rc.example.com/",
        ROLLCALL_SECRET_KEY: key.toString("base64"),
        ROLLCALL_TRUSTED_PROXIES: "10.0.0.0/8, 127.0.0.1",
        ROLLCALL_LOG_LEVEL: "debug",
        PATH: "/bin",
      },
      person,
    );
    expect(config).toMatchObject({
      port: 0,
      host: "::",
      role: "worker",
      publicUrl: "https://rc.example.com",
      secretKey: key,
      trustedProxies: ["10.0.0.0/8", "127.0.0.1"],
      logLevel: "debug",
    });
    expect(loadConfig({ ROLLCALL_SECRET_KEY: key.toString("hex") }, person).secretKey).toEqual(key);
  });

  it("takes an empty variable for one that is not set", () => {
    expect(loadConfig({ DATABASE_URL: "", ROLLCALL_PORT: "" }, person)).toMatchObject({ databaseUrl: undefined, port: 7077 });
  });

  it("lists all problems at once, and no value", () => {
    const problems = problemsOf({
      ROLLCALL_PORT: "http",
      ROLLCALL_ROLE: "both",
      ROLLCALL_DATA: "data",
      ROLLCALL_PUBLIC_URL: "ftp://x",
      ROLLCALL_SECRET_KEY: "c2VjcmV0",
      DATABASE_URL: "mysql://root:hunter2@db/x",
      ROLLCALL_PROT: "1",
      ROLLCALL_COLOUR: "blue",
    });
    expect(problems).toHaveLength(8);
    expect(problems.join("\n")).toContain("ROLLCALL_PROT is no setting of Rollcall (meant: ROLLCALL_PORT?)");
    expect(problems.join("\n")).toContain("ROLLCALL_COLOUR is no setting of Rollcall; there are");
    expect(problems.join("\n")).toContain("ROLLCALL_PORT is not a number");
    expect(problems.join("\n")).not.toMatch(/hunter2|c2VjcmV0|both|blue/u);
  });

  it.each(["65536", "-1", "70.5"])("refuses port %s", (port) => {
    expect(problemsOf({ ROLLCALL_PORT: port })).toHaveLength(1);
  });

  it("refuses to split roles over the embedded database", () => {
    expect(problemsOf({ ROLLCALL_ROLE: "api" })).toEqual([expect.stringContaining("needs DATABASE_URL")]);
  });
});
