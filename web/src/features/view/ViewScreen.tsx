import { Clock, Gauge, MessageSquare } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { fetchSoon } from '@/lib/lazy-part.ts';
import { searchKeys } from '@/lib/routes.ts';
import { numberParam, textParam, useParam } from '@/lib/search-params.ts';
import { useStore } from '@/lib/store.ts';
import { useTitle } from '@/lib/title.ts';
import { useConnection, useProject } from '@/sync/project.tsx';
import type { FieldInfo, Ref, View, ViewInput } from '@/sync/types.ts';
import { useViewResult, type ViewResult } from '@/sync/use-result.ts';
import { Banner } from '@/ui/Banner.tsx';
import { IconButton } from '@/ui/Button.tsx';
import { Page } from '@/ui/Page.tsx';
import { toast } from '@/ui/Toast.tsx';
import { viewKind } from '@/views/registry.ts';
import { ChangeMarks, type ChangeOf } from '@/views/shared/change-marks.tsx';
import type { RowMarks } from '@/views/types.ts';
import { DraftBar } from './DraftBar.tsx';
import { useDraft } from './draft.ts';
import { Guide } from './Guide.tsx';
import { ToolPanel } from './later.ts';
import { Nothing } from './Nothing.tsx';
import { SearchBox } from './SearchBox.tsx';
import { WhenIdle } from './since/WhenIdle.tsx';
import { useSaving } from './use-save-view.ts';
import { useSteps } from './use-steps.ts';
import { type ToolName, useViewActions } from './use-view-actions.ts';
import { useAbout, ViewAbout, ViewMarks } from './ViewAbout.tsx';
import { ViewMenu } from './ViewMenu.tsx';
import { ViewName } from './ViewName.tsx';
import { ViewTools } from './ViewTools.tsx';
import css from './view.module.css';

/** How many ideas the top has until somebody says otherwise. */
const usualTop = 10;

const Present = lazy(() => import('@/views/shared/presence/Present.tsx'));
const Since = lazy(() => import('./since/Since.tsx'));
const CertaintyPanel = lazy(() => import('./certainty/CertaintyPanel.tsx'));

/** What the panel of an idea gets of the view around it. */
export interface PanelOfView {
  /** The idea's key. */
  idea: string;
  /** The view's fields, in their order. */
  columns: readonly Ref[];
  close: () => void;
  /** Goes to the idea before (-1) or behind (1) it in the view. */
  step: (by: 1 | -1) => void;
}

/** Makes the panel that shows an idea beside the view. */
export type PanelOf = (panel: PanelOfView) => ReactNode;

/** What a view shows that is made elsewhere. */
export interface PartsOfView {
  /** Markdown as it is meant. */
  text: (markdown: string) => ReactNode;
  /** The comments on the view, as a panel. */
  thread: (view: View, close: () => void) => ReactNode;
}

/** Props of ViewScreen. */
export interface ViewScreenProps {
  view: View;
  panel?: PanelOf;
  parts?: PartsOfView;
  onCapture?: () => void;
}

/** A view: its header, its result, and the open idea beside. */
export function ViewScreen({ view, panel, parts, onCapture }: ViewScreenProps) {
  const { project, at } = useProject();
  const draft = useSteps(view.id, useDraft(view));
  const { definition } = draft;
  const [idea, setIdea] = useParam(searchKeys.idea, textParam);
  const result = useResult(definition);
  const close = useCallback(() => setIdea(undefined), [setIdea]);
  const columns = useMemo(() => (definition.columns ?? []).map((column) => column.field), [definition]);
  const step = useStep(result, idea, setIdea);
  useTitle(view.name, project.name);
  useFailureToasts();
  const [tool, setTool] = useTool();
  const saving = useSaving(view, draft);
  const [thread, setThread] = useState<'thread' | 'since'>();
  const [, setAt] = useParam(searchKeys.at, textParam);
  const [top, setTop] = useParam(searchKeys.certainty, numberParam, 'replace');
  const [marks, setMarks] = useState<RowMarks>();
  const [changed, setChanged] = useState<ReadonlyMap<number, ChangeOf> | null>(null);
  const aside = top === undefined || at !== undefined ? thread : 'certainty';
  const about = useAbout(view);
  const { component: Kind, layout } = viewKind(definition.kind);
  const { warnings, status, error } = result.state;
  let beside: ReactNode;
  if (idea !== undefined) beside = panel?.({ idea, columns, close, step });
  else if (aside === 'thread') beside = parts?.thread(view, () => setThread(undefined));
  else if (aside === 'since')
    beside = (
      <Suspense>
        <Since
          panel={{
            view,
            definition,
            seq: result.state.seq,
            onClose: () => setThread(undefined),
            onOpen: setIdea,
            onAsOf: setAt,
            onMarks: setChanged,
          }}
        />
      </Suspense>
    );
  else if (aside === 'certainty' && top !== undefined)
    beside = (
      <Certainty
        {...{ definition, result, setIdea, top, setTop, setMarks }}
        close={() => setTop(undefined)}
      />
    );
  const toggle = (which: Aside) => {
    const next = aside === which && idea === undefined ? undefined : which;
    setThread(next === 'certainty' ? undefined : next);
    setTop(next === 'certainty' ? (top ?? usualTop) : undefined);
    if (idea !== undefined) setIdea(undefined);
  };
  useViewActions({
    open: setTool,
    save: saving.save,
    changed: draft.changed,
    layout: layout !== undefined,
    certainty: at === undefined ? () => toggle('certainty') : undefined,
  });
  return (
    <Page
      title={view.name}
      heading={
        <>
          <ViewName view={view} />
          <ViewMarks view={view} about={about} />
        </>
      }
      tools={
        <ViewTools
          view={view}
          draft={draft}
          groups={result.state.groups}
          open={tool}
          onOpen={setTool}
          problem={status === 'failed' ? error?.message : undefined}
        />
      }
      actions={
        <>
          {at === undefined && (
            <Suspense fallback={null}>
              <Present at={{ view: view.id }} />
            </Suspense>
          )}
          <Asides shown={idea === undefined ? aside : undefined} toggle={toggle} />
          <SearchBox draft={draft} wanted={tool === 'search'} onLeave={() => setTool(undefined)} />
          {parts && (
            <AsideButton which="thread" shown={idea === undefined ? aside : undefined} toggle={toggle} />
          )}
          <ViewMenu view={view} draft={draft} />
        </>
      }
      panel={beside}
      sheet={(aside === 'certainty' || aside === 'since') && idea === undefined}
      panelLabel={
        idea ??
        t(aside === 'certainty' ? 'certainty.title' : aside === 'since' ? 'view.since' : 'view.comments')
      }
      fill
    >
      {at !== undefined && (
        <Suspense>
          <Since asOf={{ at, onAt: setAt }} />
        </Suspense>
      )}
      <Offline />
      <Guide />
      {about.shown && parts && <ViewAbout about={about}>{parts.text(view.description ?? '')}</ViewAbout>}
      <DraftBar view={view} draft={draft} saving={saving} onEditFilter={() => setTool('filter')} />
      {warnings.length > 0 && (
        <div className={css.banner}>
          <Banner tone="warning">{warnings.join(' ')}</Banner>
        </div>
      )}
      <ChangeMarks value={changed}>
        <Suspense fallback={null}>
          <Kind
            definition={definition}
            result={result}
            onChange={draft.change}
            onOpen={setIdea}
            openIdea={idea}
            marks={marks}
            empty={<Nothing draft={draft} onCapture={onCapture} />}
          />
        </Suspense>
      </ChangeMarks>
      {at === undefined && (
        <WhenIdle
          view={view}
          ready={status === 'ready'}
          shown={aside === 'since' && idea === undefined}
          onSee={() => toggle('since')}
        />
      )}
    </Page>
  );
}

/** What can be shown beside a view by a button of its header. */
type Aside = 'thread' | 'since' | 'certainty';

const asides = {
  since: { icon: Clock, label: 'view.since' },
  certainty: { icon: Gauge, label: 'certainty.title' },
  thread: { icon: MessageSquare, label: 'view.comments' },
} as const;

interface AsidesProps {
  shown: Aside | undefined;
  toggle: (which: Aside) => void;
}

/** Buttons of what speaks of now: nothing of it is known of an earlier day. */
function Asides(props: AsidesProps) {
  const { at } = useProject();
  if (at !== undefined) return null;
  return (
    <>
      <AsideButton which="since" {...props} />
      <AsideButton which="certainty" {...props} />
    </>
  );
}

function AsideButton({ which, shown, toggle }: AsidesProps & { which: Aside }) {
  const { icon, label } = asides[which];
  return <IconButton label={t(label)} icon={icon} pressed={shown === which} onClick={() => toggle(which)} />;
}

interface CertaintyProps {
  definition: ViewInput;
  result: ViewResult;
  close: () => void;
  setIdea: (key: string) => void;
  top: number;
  setTop: (top: number) => void;
  setMarks: (marks: RowMarks | undefined) => void;
}

/** How sure the order of the view is, beside it. */
function Certainty({ definition, result, close, setIdea, top, setTop, setMarks }: CertaintyProps) {
  return (
    <Suspense>
      <CertaintyPanel
        query={definition.query}
        seq={result.state.seq}
        onClose={close}
        onOpen={setIdea}
        top={Math.min(500, Math.max(1, top))}
        onTop={setTop}
        onMarks={setMarks}
      />
    </Suspense>
  );
}

/** The references that a definition needs. */
function refsOf(definition: ViewInput, fields: readonly FieldInfo[]): Ref[] {
  const { refs, whole } = viewKind(definition.kind);
  const needed = refs?.(definition, fields) ?? [];
  if (whole) return [...new Set(['title', ...needed])];
  const shown = (definition.columns ?? []).map((column) => column.field);
  const grouped = (definition.query.group ?? []).map((group) => group.field);
  return [...new Set(['title', ...shown, ...grouped, ...needed])];
}

function useResult(definition: ViewInput): ViewResult {
  const { field, allFields } = useProject();
  const { whole = false, tree } = viewKind(definition.kind);
  const bare = whole === true;
  const columns = useMemo(
    () =>
      refsOf(definition, allFields).filter(
        // The cover image is no field that people choose.
        (ref) => ref !== 'key' && (ref === 'coverImage' || field(ref) !== undefined),
      ),
    [definition, field, allFields],
  );
  const query = useMemo(
    () => (bare ? { ...definition.query, group: undefined, rollups: undefined, tree } : definition.query),
    [bare, tree, definition.query],
  );
  return useViewResult({
    query,
    columns,
    colors: definition.colors ?? [],
    colorBy: definition.colorBy?.field,
    whole: whole !== false,
  });
}

/** The tool that is open. A panel is opened once it can be drawn, and whatever opens at a click is fetched in time. */
function useTool(): [ToolName | undefined, (tool: ToolName | undefined) => void] {
  const [tool, show] = useState<ToolName>();
  useEffect(fetchSoon, []);
  const open = useCallback((next: ToolName | undefined) => {
    if (next === undefined || next === 'search') show(next);
    else ToolPanel.whenThere(() => show(next));
  }, []);
  return [tool, open];
}

/** Goes through the loaded ideas of a result in their order. */
function useStep(
  result: ViewResult,
  idea: string | undefined,
  open: (idea: string) => void,
): (by: 1 | -1) => void {
  const { project } = useProject();
  return useCallback(
    (by) => {
      const loaded = result.window.loaded();
      const at = loaded.findIndex(({ row }) => `${project.key}-${row.number}` === idea);
      const next = at < 0 ? undefined : loaded[at + by];
      if (next) open(`${project.key}-${next.row.number}`);
    },
    [result.window, project.key, idea, open],
  );
}

/** Says that what others do is not seen at the moment. */
function Offline() {
  const connection = useConnection();
  if (connection !== 'lost') return null;
  return (
    <div className={css.banner}>
      <Banner tone="warning">{t('view.offline')}</Banner>
    </div>
  );
}

/** Tells of edits that the server refused, and offers to try again what was typed. */
function useFailureToasts(): void {
  const { session } = useProject();
  const failure = useStore(session.failure);
  useEffect(() => {
    if (!failure) return;
    session.failure.set(null);
    const { error, retry } = failure;
    toast({ title: error.message, tone: 'error', action: { label: t('shell.crash.retry'), onClick: retry } });
  }, [failure, session]);
}
