// Generated from the migrations by `npm run generate`. Do not edit.
import type { CivilDate } from '@rollcall/core';
import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely';

/** A jsonb column: read as parsed JSON of unknown shape (parse it at the edge), written as text. */
type Json = JSONColumnType<object>;
type FilledJson = ColumnType<object, string | undefined, string>;

export interface AccessTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  account_id: number;
  resource_id: number;
  holding: 'has' | 'none' | 'unknown';
  last_kind: 'at' | 'never' | 'unknown';
  last_on: CivilDate | null;
  last_at: Date | null;
  unknown_why: string | null;
  evidence_id: number | null;
  known_through: CivilDate | null;
  granted_on: CivilDate | null;
  clock_on: CivilDate | null;
  ended_on: CivilDate | null;
}

export interface AccessReadingTable {
  workspace_id: number;
  access_id: number;
  source_id: string;
  last_kind: 'at' | 'never' | 'unknown';
  last_on: CivilDate | null;
  unknown_why: string | null;
  known_through: CivilDate | null;
  read_at: Date;
}

export interface AccountTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  realm_id: number;
  vendor_id: string;
  account_type: 'atlassian' | 'app' | 'customer' | 'unknown';
  status: 'active' | 'suspended' | 'deactivated' | 'invited' | 'not_invited' | 'for_deletion' | 'unknown';
  claim: 'managed' | 'unmanaged' | 'unknown';
  name: string | null;
  email: string | null;
  email_domain: string | null;
  management_source: string | null;
  platform_roles: Generated<string[]>;
  directory_ids: Generated<number[]>;
  suspended_directory_ids: Generated<number[]>;
  details: FilledJson;
  added_on: CivilDate | null;
  restored_on: CivilDate | null;
  looks_like_service: Generated<boolean>;
  protected_by: string | null;
  sort_name: string;
  sort_email: string;
  search_text: string;
  first_seen_at: Generated<Date>;
  gone_at: Date | null;
}

export interface AccountCountTable {
  workspace_id: number;
  realm_id: number;
  accounts: number;
}

export interface AccountGroupTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  realm_id: number;
  directory_id: number | null;
  vendor_id: string;
  name: string;
  description: string | null;
  managed_by: string | null;
  modifiable: Generated<boolean>;
  grants_admin: Generated<boolean>;
  first_seen_at: Generated<Date>;
  gone_at: Date | null;
}

export interface AccountObservationTable {
  account_id: number;
  workspace_id: number;
  observed_at: Date;
  run_id: string | null;
}

export interface ActivityMonthTable {
  workspace_id: number;
  access_id: number;
  month: CivilDate;
  days: number;
}

export interface ApiTokenTable {
  id: string;
  workspace_id: number;
  person_id: string | null;
  name: string;
  token_hash: Buffer;
  scopes: string[];
  created_at: Generated<Date>;
  expires_at: Date | null;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

export interface AuditEventTable {
  workspace_id: number;
  seq: number;
  at: Date;
  kind: string;
  commitment: Buffer;
  previous_hash: Buffer;
  hash: Buffer;
  format: Generated<number>;
}

export interface AuditHeadTable {
  workspace_id: number;
  seq: number;
  hash: Buffer;
}

export interface AuditPayloadTable {
  workspace_id: number;
  seq: number;
  salt: Buffer;
  actor: string;
  subject_kind: string | null;
  subject_id: string | null;
  payload: Json;
}

export interface DirectRoleTable {
  workspace_id: number;
  account_id: number;
  resource_vendor_id: string;
  resource_id: number | null;
  role: string;
  method: 'direct' | 'inferred';
  read_at: Date;
}

export interface DirectoryTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  realm_id: number;
  vendor_id: string;
  name: string;
  gone_at: Date | null;
}

export interface EvidenceTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  source_id: string;
  kind: 'orgSearch' | 'lastActiveDates' | 'managedAccounts' | 'csv' | 'observed';
  known_through: CivilDate | null;
  read_at: Date | null;
}

export interface ExemptionTable {
  id: string;
  workspace_id: number;
  kind: 'account' | 'group' | 'domain';
  realm_id: number | null;
  subject: string;
  label: string;
  canary: Generated<boolean>;
  reason: string;
  owner: string;
  ends_on: CivilDate | null;
  ended_at: Date | null;
  created_by: string;
  created_at: Generated<Date>;
}

export interface GroupGrantTable {
  workspace_id: number;
  group_id: number;
  resource_vendor_id: string;
  resource_id: number | null;
  role: string;
}

export interface GroupMemberTable {
  workspace_id: number;
  group_id: number;
  account_id: number;
}

export interface IdempotencyKeyTable {
  workspace_id: number;
  actor: string;
  key: string;
  request_hash: Buffer;
  status: number | null;
  response: ColumnType<object | null, string | null | undefined, string | null>;
  created_at: Generated<Date>;
}

export interface ImportProblemTable {
  workspace_id: number;
  upload_id: string;
  n: number;
  line: number;
  kind: string;
  column_name: string | null;
}

export interface IndexSetAsideTable {
  name: string;
  on_table: string;
  definition: string;
}

export interface InvitationTable {
  id: string;
  workspace_id: number;
  email: string;
  name: string;
  role: 'viewer' | 'operator' | 'approver' | 'administrator';
  source_ids: string[] | null;
  sites: string[] | null;
  token_hash: Buffer;
  expires_at: Date;
  created_at: Generated<Date>;
}

export interface PersonTable {
  id: string;
  name: string;
  email: string;
  email_verified: Generated<boolean>;
  image: string | null;
  two_factor_enabled: Generated<boolean>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface PersonCredentialTable {
  id: string;
  person_id: string;
  provider_id: string;
  account_id: string;
  access_token: string | null;
  refresh_token: string | null;
  id_token: string | null;
  access_token_expires_at: Date | null;
  refresh_token_expires_at: Date | null;
  scope: string | null;
  password: string | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface PersonSessionTable {
  id: string;
  person_id: string;
  token: string;
  expires_at: Date;
  ip_address: string | null;
  user_agent: string | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface PersonTwoFactorTable {
  id: string;
  person_id: string;
  secret: string;
  backup_codes: string;
  verified: Generated<boolean | null>;
  failed_verification_count: Generated<number | null>;
  locked_until: Date | null;
}

export interface PersonVerificationTable {
  id: string;
  identifier: string;
  value: string;
  expires_at: Date;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface PlanTable {
  id: string;
  workspace_id: number;
  source_id: string;
  action: string;
  params: FilledJson;
  basis: Json;
  note: string | null;
  state: 'building' | 'ready' | 'refused' | 'applied' | 'expired' | 'discarded' | 'failed';
  undo_of: string | null;
  inventory_at: Date | null;
  guards: FilledJson;
  totals: FilledJson;
  digest: Buffer | null;
  format: Generated<number>;
  created_by: string;
  created_at: Generated<Date>;
  expires_at: Date;
}

export interface PlanItemTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  plan_id: string;
  seq: number;
  account_id: number;
  resource_ids: Generated<number[]>;
  decision: 'act' | 'skip' | 'look';
  reason: string;
  reason_data: ColumnType<object | null, string | null | undefined, string | null>;
  before: Json;
  calls: FilledJson;
  side_effects: FilledJson;
}

export interface RateBudgetTable {
  tenant: string;
  endpoint_group: string;
  window_started_at: Generated<Date>;
  used: Generated<number>;
  allowed: number;
  window_seconds: number;
  cooled_until: Date | null;
  waiting_until: Generated<(Date | null)[]>;
  passed_over: Generated<number[]>;
  cooled_at: Date | null;
  asked_at: Date | null;
  granted: boolean | null;
  earliest: Date | null;
}

export interface RealmTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  kind: 'atlassian-org' | 'csv';
  vendor_id: string;
  name: string;
}

export interface ResourceTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  realm_id: number;
  vendor_id: string;
  app: string;
  site: string;
  site_url: string | null;
  seats_used: number | null;
  seats_limit: number | null;
  first_seen_at: Generated<Date>;
  gone_at: Date | null;
}

export interface RoleGrantTable {
  workspace_id: number;
  person_id: string;
  role: 'viewer' | 'operator' | 'approver' | 'administrator';
  source_ids: string[] | null;
  sites: string[] | null;
  created_at: Generated<Date>;
  last_sign_in_at: Date | null;
}

export interface RunTable {
  id: string;
  workspace_id: number;
  plan_id: string;
  source_id: string;
  action: string;
  digest: Buffer;
  state: 'queued' | 'running' | 'paused' | 'cancelling' | 'done' | 'cancelled' | 'stopped';
  state_reason: string | null;
  pilot: number | null;
  epoch: Generated<number>;
  undo_of: string | null;
  totals: FilledJson;
  requested_by: string;
  queued_at: Generated<Date>;
  started_at: Date | null;
  finished_at: Date | null;
  hidden_at: Date | null;
  hidden_by: string | null;
  halt: ColumnType<object | null, string | null | undefined, string | null>;
}

export interface RunCallTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  run_id: string;
  run_item_id: number;
  ordinal: number;
  call: Json;
  state: 'pending' | 'intent' | 'applied' | 'alreadySo' | 'verified' | 'failed' | 'uncertain' | 'skipped';
  epoch: number | null;
  intent_at: Date | null;
  outcome_at: Date | null;
  error_kind: string | null;
  vendor_status: number | null;
  vendor_code: string | null;
  vendor_message: string | null;
}

export interface RunItemTable {
  id: GeneratedAlways<number>;
  workspace_id: number;
  run_id: string;
  plan_item_id: number;
  seq: number;
  account_id: number;
  state: 'pending' | 'intent' | 'applied' | 'alreadySo' | 'verified' | 'skipped' | 'failed' | 'uncertain' | 'cancelled';
  reason: string | null;
  reason_data: ColumnType<object | null, string | null | undefined, string | null>;
  message: string | null;
  observed: ColumnType<object | null, string | null | undefined, string | null>;
  attempts: Generated<number>;
  not_before: Date | null;
  updated_at: Generated<Date>;
  inventory_owed: Generated<boolean>;
}

export interface SavedViewTable {
  id: string;
  workspace_id: number;
  name: string;
  search: Json;
  owner: string;
  shared: Generated<boolean>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface SecretKeyInUseTable {
  one: Generated<boolean>;
  key_id: string;
  noted_at: Generated<Date>;
}

export interface SetupLinkTable {
  workspace_id: number;
  token_hash: Buffer;
  created_at: Generated<Date>;
}

export interface SignInRateTable {
  id: string;
  key: string;
  count: number;
  last_request: number;
}

export interface SourceTable {
  id: string;
  workspace_id: number;
  realm_id: number;
  kind: 'atlassian-org' | 'csv';
  name: string;
  settings: FilledJson;
  time_zone: Generated<string>;
  key_owner: string | null;
  key_expires_on: CivilDate | null;
  read_only: Generated<boolean>;
  sync_every_minutes: number | null;
  next_sync_at: Date | null;
  stale_after_hours: Generated<number>;
  check_report: ColumnType<object | null, string | null | undefined, string | null>;
  checked_at: Date | null;
  last_full_read_at: Date | null;
  last_sync_id: string | null;
  history_from: CivilDate | null;
  attached_to: string | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  removed_at: Date | null;
}

export interface SourceSecretTable {
  workspace_id: number;
  source_id: string;
  field: string;
  key_id: string;
  nonce: Buffer;
  sealed: Buffer;
  updated_at: Generated<Date>;
}

export interface StagedAccessTable {
  sync_id: string;
  account_vendor_id: string;
  resource_vendor_id: string;
  holding: string;
  last_kind: string;
  last_on: CivilDate | null;
  last_at: Date | null;
  unknown_why: string | null;
  known_through: CivilDate | null;
  evidence_kind: string;
}

export interface StagedAccountTable {
  sync_id: string;
  vendor_id: string;
  account_type: string;
  status: string;
  claim: string;
  name: string | null;
  email: string | null;
  management_source: string | null;
  platform_roles: Generated<string[]>;
  directory_vendor_id: string | null;
  directory_suspended: Generated<boolean>;
  details: FilledJson;
  added_on: CivilDate | null;
}

export interface StagedDirectoryTable {
  sync_id: string;
  vendor_id: string;
  name: string;
}

export interface StagedGrantTable {
  sync_id: string;
  group_vendor_id: string;
  resource_vendor_id: string;
  role: string;
}

export interface StagedGroupTable {
  sync_id: string;
  vendor_id: string;
  directory_vendor_id: string | null;
  name: string;
  description: string | null;
  managed_by: string | null;
  modifiable: boolean;
  grants_apps: Generated<boolean>;
}

export interface StagedMemberTable {
  sync_id: string;
  group_vendor_id: string;
  account_vendor_id: string;
}

export interface StagedResourceTable {
  sync_id: string;
  vendor_id: string;
  app: string;
  site: string;
  site_url: string | null;
  seats_used: number | null;
  seats_limit: number | null;
}

export interface StagedRoleTable {
  sync_id: string;
  account_vendor_id: string;
  resource_vendor_id: string;
  role: string;
  method: string;
}

export interface SyncTable {
  id: string;
  workspace_id: number;
  source_id: string;
  upload_id: string | null;
  state: 'queued' | 'running' | 'finalising' | 'held' | 'done' | 'failed' | 'cancelled';
  epoch: Generated<number>;
  requested_by: string;
  progress: FilledJson;
  totals: FilledJson;
  problem: ColumnType<object | null, string | null | undefined, string | null>;
  cancel_requested: Generated<boolean>;
  queued_at: Generated<Date>;
  started_at: Date | null;
  finished_at: Date | null;
}

export interface SyncStepTable {
  workspace_id: number;
  sync_id: string;
  step: string;
  scope: Generated<string>;
  next_token: string | null;
  pages: Generated<number>;
  rows: Generated<number>;
  done: Generated<boolean>;
}

export interface UploadTable {
  id: string;
  workspace_id: number;
  file_name: string;
  file_modified_at: Date | null;
  size_bytes: Generated<number>;
  state: 'receiving' | 'received' | 'reading' | 'ready' | 'refused' | 'taken';
  preview: ColumnType<object | null, string | null | undefined, string | null>;
  created_by: string;
  created_at: Generated<Date>;
  expires_at: Date;
  exported_on: CivilDate | null;
  refusal: ColumnType<object | null, string | null | undefined, string | null>;
  bytes_read: Generated<number>;
}

export interface UploadChunkTable {
  workspace_id: number;
  upload_id: string;
  n: number;
  bytes: Buffer;
}

export interface UsageDayTable {
  workspace_id: number;
  resource_id: number;
  status: string;
  account_type: string;
  claim: string;
  holding: string;
  last_kind: string;
  last_on: CivilDate | null;
  clock_on: CivilDate | null;
  evidence_id: number | null;
  known_through: CivilDate | null;
  accounts: number;
}

export interface UsageMonthTable {
  workspace_id: number;
  resource_id: number;
  status: string;
  account_type: string;
  claim: string;
  holding: string;
  last_kind: string;
  last_month: CivilDate | null;
  clock_month: CivilDate | null;
  evidence_id: number | null;
  known_through: CivilDate | null;
  accounts: number;
}

export interface WorkspaceTable {
  id: GeneratedAlways<number>;
  key: string;
  name: string;
  settings: FilledJson;
  paused_at: Date | null;
  paused_by: string | null;
  paused_reason: string | null;
  created_at: Generated<Date>;
}

export interface Database {
  access: AccessTable;
  access_reading: AccessReadingTable;
  account: AccountTable;
  account_count: AccountCountTable;
  account_group: AccountGroupTable;
  account_observation: AccountObservationTable;
  activity_month: ActivityMonthTable;
  api_token: ApiTokenTable;
  audit_event: AuditEventTable;
  audit_head: AuditHeadTable;
  audit_payload: AuditPayloadTable;
  direct_role: DirectRoleTable;
  directory: DirectoryTable;
  evidence: EvidenceTable;
  exemption: ExemptionTable;
  group_grant: GroupGrantTable;
  group_member: GroupMemberTable;
  idempotency_key: IdempotencyKeyTable;
  import_problem: ImportProblemTable;
  index_set_aside: IndexSetAsideTable;
  invitation: InvitationTable;
  person: PersonTable;
  person_credential: PersonCredentialTable;
  person_session: PersonSessionTable;
  person_two_factor: PersonTwoFactorTable;
  person_verification: PersonVerificationTable;
  plan: PlanTable;
  plan_item: PlanItemTable;
  rate_budget: RateBudgetTable;
  realm: RealmTable;
  resource: ResourceTable;
  role_grant: RoleGrantTable;
  run: RunTable;
  run_call: RunCallTable;
  run_item: RunItemTable;
  saved_view: SavedViewTable;
  secret_key_in_use: SecretKeyInUseTable;
  setup_link: SetupLinkTable;
  sign_in_rate: SignInRateTable;
  source: SourceTable;
  source_secret: SourceSecretTable;
  staged_access: StagedAccessTable;
  staged_account: StagedAccountTable;
  staged_directory: StagedDirectoryTable;
  staged_grant: StagedGrantTable;
  staged_group: StagedGroupTable;
  staged_member: StagedMemberTable;
  staged_resource: StagedResourceTable;
  staged_role: StagedRoleTable;
  sync: SyncTable;
  sync_step: SyncStepTable;
  upload: UploadTable;
  upload_chunk: UploadChunkTable;
  usage_day: UsageDayTable;
  usage_month: UsageMonthTable;
  workspace: WorkspaceTable;
}
