export const settingsTabs = ['profile', 'workspace', 'people', 'tokens'] as const;
