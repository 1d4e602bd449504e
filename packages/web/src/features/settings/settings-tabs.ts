export const settingsTabs = ['profile', 'workspace', 'people', 'tokens', 'backup'] as const;
