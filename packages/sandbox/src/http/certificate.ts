import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A private key and a certificate that signs itself, both PEM. */
export type Certificate = { readonly key: string; readonly cert: string };

function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const bytes: number[] = [];
  for (let rest = body.length; rest > 0; rest >>= 8) bytes.unshift(rest & 0xff);
  const length = body.length < 0x80 ? [body.length] : [0x80 | bytes.length, ...bytes];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, ...parts);
const bits = (body: Buffer): Buffer => tagged(0x03, Buffer.from([0]), body);
const objectId = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'));
const time = (at: Date): Buffer => tagged(0x18, Buffer.from(`${at.toISOString().slice(0, 19).replaceAll(/[-:T]/gu, '')}Z`));

const commonName = '550403';
const subjectAltName = '551d11';
const basicConstraints = '551d13';
const ecdsaWithSha256 = '2a8648ce3d040302';

/** Makes a certificate for one host name (X.509 v3, P-256), valid from one moment to another. No tool and no file is needed for it. */
export function selfSigned(host: string, from: Date, until: Date): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(tagged(0x31, sequence(objectId(commonName), tagged(0x0c, Buffer.from(host)))));
  const algorithm = sequence(objectId(ecdsaWithSha256));
  // A serial number is positive: its first bit is 0.
  const serial = tagged(0x02, Buffer.concat([Buffer.from([0x4d]), randomBytes(8)]));
  const extensions = sequence(
    sequence(objectId(subjectAltName), tagged(0x04, sequence(tagged(0x82, Buffer.from(host))))),
    sequence(objectId(basicConstraints), tagged(0x04, sequence(tagged(0x01, Buffer.from([0xff]))))),
  );
  const content = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))), serial, algorithm, name, sequence(time(from), time(until)), name,
    publicKey.export({ type: 'spki', format: 'der' }), tagged(0xa3, extensions),
  );
  const whole = sequence(content, algorithm, bits(sign('sha256', content, privateKey)));
  const lines = whole.toString('base64').match(/.{1,64}/gu) ?? [];
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
  };
}
