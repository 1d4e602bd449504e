import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { until } from './until.ts';

/** Debian's nginx with the configuration that we give people (deploy/nginx.conf), in front of nodes on these ports. `port` is where it listens. Each answer names the node it came from. */
export async function startNginx(port: number, nodes: readonly number[], atEnd: (work: () => Promise<void>) => void): Promise<void> {
  const folder = await mkdtemp('/tmp/rollcall-scale-nginx-');
  const given = await readFile(new URL('../../../deploy/nginx.conf', import.meta.url), 'utf8');
  const ours = nodes.reduce((text, node, index) => text.replace(`node-${index + 1}:7077`, `127.0.0.1:${node}`), given)
    .replace('listen 8080;', `listen 127.0.0.1:${port};`)
    // The nodes of these tests stop after 2 seconds.
    .replace('keepalive_timeout 4s;', 'keepalive_timeout 1s;');
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join('\n');
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  await writeFile(`${folder}/nginx.conf`, `daemon off;\nworker_processes 2;\npid ${folder}/nginx.pid;\n${user}\nevents {}\nhttp {\naccess_log off;\n${places}\nadd_header x-node $upstream_addr always;\n${ours}\n}\n`);
  const server = spawn('/usr/sbin/nginx', ['-p', folder, '-c', `${folder}/nginx.conf`, '-e', `${folder}/error.log`], { stdio: 'inherit' });
  const exited = new Promise<void>((resolve) => { server.once('exit', () => { resolve(); }); });
  atEnd(async () => {
    server.kill('SIGTERM');
    await exited;
    await rm(folder, { recursive: true, force: true });
  });
  await until('nginx answers', () => fetch(`http://127.0.0.1:${port}/healthz`).then((answer) => answer.ok, () => false));
}

