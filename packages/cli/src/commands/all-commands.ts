import type { Command } from 'commander';
import { backupCommand } from '../backup/backup-command.ts';
import { restoreCommand } from '../backup/restore-command.ts';
import type { Context } from '../context.ts';
import { demoCommand } from '../demo/command.ts';
import { inventoryCommand } from '../inventory/inventory-command.ts';
import { recheckCommand } from '../inventory/recheck-command.ts';
import { userCommand } from '../inventory/user-command.ts';
import { viewsCommand } from '../inventory/views-command.ts';
import { peopleCommand } from '../people/people-command.ts';
import { settingsCommand } from '../people/settings-command.ts';
import { tokenCommand } from '../people/token-command.ts';
import { applyCommand } from '../plans/apply-command.ts';
import { planCommand } from '../plans/plan-command.ts';
import { undoCommand } from '../runs/undo-command.ts';
import { runCommand } from '../runs/run-command.ts';
import { auditCommand } from '../safety/audit-command.ts';
import { exemptCommand } from '../safety/exempt-command.ts';
import { pauseCommand, resumeCommand } from '../safety/pause-command.ts';
import { doctorCommand } from '../setup/doctor-command.ts';
import { keyCommand } from '../setup/key-command.ts';
import { serveCommand } from '../setup/serve-command.ts';
import { importCommand } from '../sources/import-command.ts';
import { sourceCommand } from '../sources/source-command.ts';
import { syncCommand } from '../sources/sync-command.ts';
import { inactiveForProgram } from './inactive-for-program.ts';
import { statusCommand } from '../setup/status-command.ts';

/** Every command, in the order in which the help lists them. */
export function allCommands(context: Context): readonly Command[] {
  return [
    demoCommand(context),
    serveCommand(context),
    statusCommand(context),
    sourceCommand(context),
    syncCommand(context),
    importCommand(context),
    inventoryCommand(context),
    userCommand(context),
    recheckCommand(context),
    viewsCommand(context),
    planCommand(context),
    applyCommand(context),
    runCommand(context),
    undoCommand(context),
    pauseCommand(context),
    resumeCommand(context),
    exemptCommand(context),
    auditCommand(context),
    inactiveForProgram(),
    peopleCommand(context),
    tokenCommand(context),
    settingsCommand(context),
    keyCommand(context),
    backupCommand(context),
    restoreCommand(context),
    doctorCommand(context),
  ];
}
