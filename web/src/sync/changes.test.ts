import { describe, expect, it } from 'vitest';
import {
  inboxAfter,
  lostAfter,
  makeInbox,
  makeStream,
  openInboxStream,
  type StreamEvent,
} from './changes.ts';

class FakeSource extends EventTarget {
  closed = false;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
  }
  close() {
    this.closed = true;
  }
  send(type: string, data: unknown, lastEventId = '') {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data), lastEventId }));
  }
}

/** A browser whose connections and clock the test moves. */
function fakePlatform() {
  const sources: FakeSource[] = [];
  let timers: { run: () => void; ms: number }[] = [];
  return {
    sources,
    platform: {
      name: () => 'this-tab',
      inbox: makeInbox(),
      open: (url: string) => {
        const source = new FakeSource(url);
        sources.push(source);
        return source as unknown as EventSource;
      },
      wait: (run: () => void, ms: number) => {
        const timer = { run, ms };
        timers.push(timer);
        return () => {
          timers = timers.filter((other) => other !== timer);
        };
      },
    },
    pass: (ms: number) => {
      const due = timers.filter((timer) => timer.ms <= ms);
      timers = timers.filter((timer) => timer.ms > ms);
      for (const { run } of due) run();
    },
  };
}

const set = { seq: 8, at: '', changes: [] };

describe('live stream', () => {
  it('passes on changes and goes on from where it was after a break', () => {
    const { sources, platform, pass } = fakePlatform();
    const stream = makeStream('INS', undefined, platform);
    stream.open();
    const heard: StreamEvent[] = [];
    stream.listen((event) => heard.push(event));
    expect(sources[0]?.url).toBe('/api/v1/stream?project=INS&tab=this-tab');
    sources[0]?.send('hello', { seq: 7 }, '7');
    expect(stream.connection.get()).toBe('live');
    sources[0]?.send('change', set, '8');
    sources[0]?.dispatchEvent(new Event('error'));
    expect(sources[0]?.closed).toBe(true);
    pass(1000);
    expect(sources[1]?.url).toBe('/api/v1/stream?project=INS&from=8&tab=this-tab');
    sources[1]?.send('reset', {}, '20');
    expect(heard).toEqual([{ kind: 'change', set }, { kind: 'reset' }]);
    stream.close();
  });

  it('begins where what came with the page ends', () => {
    const { sources, platform } = fakePlatform();
    const stream = makeStream('INS', 41, platform);
    expect(sources).toHaveLength(0);
    stream.open();
    expect(sources[0]?.url).toBe('/api/v1/stream?project=INS&from=41&tab=this-tab');
    stream.close();
  });

  it('says that it is lost only after a while, and that it is back', () => {
    const { sources, platform, pass } = fakePlatform();
    const stream = makeStream('INS', undefined, platform);
    stream.open();
    sources[0]?.send('hello', { seq: 7 }, '7');
    sources[0]?.dispatchEvent(new Event('error'));
    pass(1000);
    expect(stream.connection.get()).toBe('live');
    pass(lostAfter);
    expect(stream.connection.get()).toBe('lost');
    sources.at(-1)?.send('hello', { seq: 7 }, '7');
    expect(stream.connection.get()).toBe('live');
    stream.close();
  });

  it('waits longer from try to try, and stops when closed', () => {
    const { sources, platform, pass } = fakePlatform();
    const stream = makeStream('INS', undefined, platform);
    stream.open();
    sources[0]?.dispatchEvent(new Event('error'));
    pass(1000);
    sources[1]?.dispatchEvent(new Event('error'));
    pass(1000);
    expect(sources.length).toBe(2);
    pass(2000);
    expect(sources.length).toBe(3);
    stream.close();
    sources[2]?.dispatchEvent(new Event('error'));
    pass(60_000);
    expect(sources.length).toBe(3);
  });
});

describe('inbox', () => {
  it('is told by the stream of a project, and has one of its own only where there is none', () => {
    const { sources, platform, pass } = fakePlatform();
    const heard: number[] = [];
    const stop = openInboxStream(({ unread, fresh }) => heard.push(unread, ...fresh), platform);
    const stream = makeStream('INS', undefined, platform);
    stream.open();
    pass(inboxAfter);
    expect(sources.map(({ url }) => url)).toEqual(['/api/v1/stream?project=INS&tab=this-tab']);
    sources[0]?.send('inbox', { unread: 3, fresh: [7] });

    stream.close();
    pass(inboxAfter);
    expect(sources[1]?.url).toBe('/api/v1/stream?only=inbox');
    sources[1]?.send('inbox', { unread: 2, fresh: [] });
    expect(heard).toEqual([3, 7, 2]);

    const other = makeStream('NEXT', undefined, platform);
    other.open();
    expect(sources[1]?.closed).toBe(true);
    sources[1]?.dispatchEvent(new Event('error'));
    pass(20_000);
    expect(sources.map(({ closed }) => closed)).toEqual([true, true, false]);
    stop();
    other.close();
    pass(20_000);
    expect(sources).toHaveLength(3);
  });
});
