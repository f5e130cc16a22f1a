import type { ComponentType } from 'react';
import type { FieldTypeName } from '@/sync/types.ts';
import { ConnectionSettings } from './connection/ConnectionSettings.tsx';
import { EvidenceSettings } from './evidence/EvidenceSettings.tsx';
import { NumberSettings, RangeSettings } from './NumberSettings.tsx';
import { OptionsSettings } from './OptionsSettings.tsx';
import type { SettingsProps } from './types.ts';
import { VoteSettings } from './votes/VoteSettings.tsx';

/** What the types that can be set up are set up with; apart from the types, since only a field's form needs it. */
const settings: Partial<Record<FieldTypeName, ComponentType<SettingsProps>>> = {
  number: NumberSettings,
  slider: RangeSettings,
  select: OptionsSettings,
  multi_select: OptionsSettings,
  connection: ConnectionSettings,
  votes: VoteSettings,
  evidence: EvidenceSettings,
};

/** The settings of a field type, if it has any. */
export function settingsOf(type: FieldTypeName): { Settings?: ComponentType<SettingsProps> } {
  return { Settings: settings[type] };
}
