import { routes } from '@rollcall/contract';
import type { RouteAnswer } from '@rollcall/contract';
import type { Command } from 'commander';
import { command, online } from '../command.ts';
import type { Context } from '../context.ts';
import { pickOne } from '../names/pick-one.ts';
import { table } from '../terminal/table.ts';
import { queryOf, withQuestion } from './question.ts';
import type { QuestionOptions } from './question.ts';

type View = RouteAnswer<typeof routes.inventory.saveView>;

/** `rollcall views …` */
export function viewsCommand(context: Context): Command {
  return command('views', 'Saved views: queries with a name', ['rollcall views list'])
    .addCommand(list(context))
    .addCommand(save(context))
    .addCommand(remove(context));
}

function list(context: Context): Command {
  return command('list', 'List the saved views', ['rollcall views list']).action(
    online(context, async (session) => {
      const { items } = await session.client.call(routes.inventory.views, {});
      session.answer(items, () =>
        table(
          [
            { title: 'Name', value: (view: View) => view.name },
            { title: 'Owner', value: (view) => (view.builtIn ? 'comes with Rollcall' : view.owner) },
            { title: 'Period', value: (view) => view.search.period },
            { title: 'Query', value: (view) => view.search.q, widest: 100 },
          ],
          items,
          session.paint,
        ),
      );
    }),
  );
}

interface SaveOptions extends QuestionOptions {
  readonly private?: true;
}

function save(context: Context): Command {
  const made = command('save', 'Save a query under a name; a name that exists is changed', [
    "rollcall views save 'Idle Jira' 'app = jira AND usage = inactive' --period 90d",
    "rollcall views save 'Idle on acme' --app jira --site acme --inactive --private",
  ])
    .argument('<name>', 'name of the view')
    .argument('[query]', 'the query');
  return withQuestion(made)
    .option('--private', 'for yourself only')
    .action(
      online(context, async ({ client, answer }, name: string, text: string | undefined, options: SaveOptions) => {
        const body = { name, shared: options.private !== true, search: { q: queryOf(text, options), period: options.period } };
        const { items } = await client.call(routes.inventory.views, {});
        const existing = items.find((view) => view.name === name && !view.builtIn);
        const view = existing === undefined ? await client.call(routes.inventory.saveView, { body }) : await client.call(routes.inventory.changeView, { params: { viewId: existing.id }, body });
        answer(view, () => `Saved: ${view.name}\n`);
      }),
    );
}

function remove(context: Context): Command {
  return command('delete', 'Delete a saved view', ["rollcall views delete 'Idle Jira'"])
    .argument('<name>', 'name or id')
    .action(
      online(context, async ({ client, answer }, name: string) => {
        const { items } = await client.call(routes.inventory.views, {});
        const view = pickOne('saved view', name, items, (one) => ({ id: one.id, name: one.name }));
        await client.call(routes.inventory.removeView, { params: { viewId: view.id } });
        answer({ deleted: view.id }, () => `${view.name} is deleted.\n`);
      }),
    );
}
