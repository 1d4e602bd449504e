import { mix32 } from './random.ts';

type Name = readonly [shown: string, latin: string];

const given: readonly Name[] = [
  ['Alice', 'alice'], ['Bruno', 'bruno'], ['Chloe', 'chloe'], ['Daniel', 'daniel'], ['Elif', 'elif'], ['Fatima', 'fatima'], ['Grzegorz', 'grzegorz'], ['Hannah', 'hannah'],
  ['Igor', 'igor'], ['Jorge', 'jorge'], ['Katarzyna', 'katarzyna'], ['Liam', 'liam'], ['Mei', 'mei'], ['Nora', 'nora'], ['Óscar', 'oscar'], ['Priya', 'priya'],
  ['Quentin', 'quentin'], ['Rasmus', 'rasmus'], ['Søren', 'soren'], ['Tomás', 'tomas'], ['Ursula', 'ursula'], ['Victor', 'victor'], ['Wanda', 'wanda'], ['Zoë', 'zoe'],
];
const family: readonly Name[] = [
  ['Andersson', 'andersson'], ['Brown', 'brown'], ['Conti', 'conti'], ['Dubois', 'dubois'], ['Evans', 'evans'], ['Fischer', 'fischer'], ['García', 'garcia'], ['Hoffmann', 'hoffmann'],
  ['Ivanova', 'ivanova'], ['Jensen', 'jensen'], ['Kowalski', 'kowalski'], ['López', 'lopez'], ['Müller', 'muller'], ['Novák', 'novak'], ["O'Brien", 'obrien'], ['Patel', 'patel'],
  ['Quinn', 'quinn'], ['Rossi', 'rossi'], ['Schmidt', 'schmidt'], ['Tremblay', 'tremblay'], ['Ueland', 'ueland'], ['van den Berg', 'vandenberg'], ['Williams', 'williams'], ['Yilmaz', 'yilmaz'],
];
const japanese: readonly Name[] = [
  ['佐藤 花子', 'hanako.sato'], ['鈴木 一郎', 'ichiro.suzuki'], ['高橋 健太', 'kenta.takahashi'], ['田中 美咲', 'misaki.tanaka'],
  ['渡辺 直樹', 'naoki.watanabe'], ['山本 さくら', 'sakura.yamamoto'], ['ヤマダ タロウ', 'taro.yamada'], ['髙﨑 翔', 'sho.takasaki'],
];
const rightToLeft: readonly Name[] = [['محمد العلي', 'mohammed.alali'], ['ليلى حسن', 'layla.hassan'], ['דוד כהן', 'david.cohen'], ['שרה לוי', 'sarah.levi']];
const odd: readonly Name[] = [['🚀 Robin Ng', 'robin.ng'], ['Sam 👩‍💻 Lee', 'sam.lee'], ['=Kim, "KJ" Jones', 'kim.jones'], ['Zero\u200bWidth Smith', 'zero.smith'], ['Ng', 'ng']];
const services: readonly Name[] = [
  ['svc-backup', 'svc-backup'], ['Jira Automation bot', 'jira-automation'], ['svc-ci-deploy', 'svc-ci-deploy'], ['Service Account Reporting', 'reporting.service'], ['noreply monitoring', 'noreply-monitoring'],
];
const apps: readonly string[] = ['Automation for Jira', 'Slack', 'Jira Outlook', 'draw.io Diagrams', 'Atlassian Assist', 'Zendesk Connector', 'Timesheets', 'Statuspage for Jira'];

function pick<T>(list: readonly T[], number: number, fallback: T): T {
  return list[number % list.length] ?? fallback;
}

const nobody: Name = ['Nobody', 'nobody'];

/** The display name and the Latin local part of the address of a person. One in 25 is Japanese, some are right-to-left, some odd (emoji, quotes, a leading `=`). */
export function personName(seed: number, index: number): Name {
  const lot = mix32(seed, index, 20);
  const style = lot % 100;
  const which = lot >>> 8;
  if (style < 4) return pick(japanese, which, nobody);
  if (style < 6) return pick(rightToLeft, which, nobody);
  if (style < 7) return pick(odd, which, nobody);
  const first = pick(given, which, nobody);
  const last = pick(family, mix32(seed, index, 21), nobody);
  return [`${first[0]} ${last[0]}`, `${first[1]}.${last[1]}`];
}

/** Name of an account that is a human type account but does a machine's work. */
export function serviceName(seed: number, index: number): Name {
  return pick(services, mix32(seed, index, 22), nobody);
}

/** Name of a marketplace app's account. */
export function appName(seed: number, index: number): string {
  return pick(apps, mix32(seed, index, 23), 'App');
}

/** Department and job title of a person. */
export function jobOf(seed: number, index: number): { department: string; jobTitle: string; location: string } {
  const lot = mix32(seed, index, 24);
  return {
    department: pick(['Engineering', 'Finance', 'Sales', 'Support', 'Legal', 'Marketing'], lot, 'Engineering'),
    jobTitle: pick(['Engineer', 'Analyst', 'Manager', 'Specialist', 'Director'], lot >>> 6, 'Engineer'),
    location: pick(['Tokyo', 'Berlin', 'Sydney', 'Austin', 'Haifa'], lot >>> 12, 'Tokyo'),
  };
}
