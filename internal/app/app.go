// Package app holds the use cases: everything a person, a program or an
// importer can do with Cairn, one file per noun.
//
// Start at App. A use case authorises the caller (cairn.Can), validates, and
// writes through the store; what the write changed comes back through the log to
// the directory and the project states here, and to everything else that reads
// the log. No use case calls those readers.
package app

import (
	"cmp"
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"cairn"
	"cairn/internal/auth"
	"cairn/internal/changelog"
	"cairn/internal/demo"
	"cairn/internal/exporter"
	"cairn/internal/importer"
	"cairn/internal/store"
)

// App is a running Cairn without its edges. Make it with New and end it with
// Close; in between all methods are safe for concurrent use.
type App struct {
	store   store.Store
	log     *changelog.Log
	dir     *Directory
	states  *states
	access  *access
	imports *imports
	links   *linkIndex
	// reasons are those that were said after a change.
	reasons *reasonIndex
	files   *files
	// thumbnails are small pictures of attached images.
	thumbnails *thumbnails
	// evidence is every insight and customer.
	evidence *evidenceIndex
	// baselines are earlier days that were asked for.
	baselines *baselines
	// pasts are earlier states of projects.
	pasts *pasts
	// rankings are what was drawn of ranges.
	rankings *rankings
	now      func() time.Time
	// demoClock is Config.DemoClock.
	demoClock *demo.Clock
	logger    *slog.Logger
	// exporters are the formats that tables can be written in.
	exporters []exporter.Format
	// here is who is looking at what.
	here here
	// hearing tells people of what concerns them.
	hearing *hearing
	// alikes looks for ideas that may be one.
	alikes *alikes
	// mailDelay is how old a notice is when it is sent at the earliest.
	mailDelay time.Duration
	mailRetry time.Duration
	mailLease time.Duration
	mailWake  wake
	// hooks is every webhook; hookSender is nil where none are sent.
	hooks      *hooks
	hookSender HookSender
	hookPace   HookPace
	hookWake   wake
	hookNode   string // how this process claims webhooks
	// mailer is nil where e-mail is not set up; base is the address in links.
	mailer Mailer
	base   string
	// intake is where e-mail comes in; its address is "" where none does.
	intake        Intake
	letterTrouble atomic.Pointer[error]
	lettersRead   atomic.Int64 // when all of the mailbox was last read, in milliseconds; 0 is never
	// life ends with Close.
	life context.Context
	stop context.CancelFunc
	done chan struct{}
	// tasks follow the log beside the answers to people.
	tasks sync.WaitGroup
}

// Config is what New needs.
type Config struct {
	Store  store.Store
	Logger *slog.Logger
	// Now is the clock; nil is the system's.
	Now func() time.Time
	// Passwords is what hashing one takes; zero is auth.Recommended.
	Passwords auth.Cost
	// Exporters are the export formats.
	Exporters []exporter.Format
	// Files bounds what is attached.
	Files FileLimits
	// Importers are the formats that can be imported.
	Importers []importer.Leaf
	// MailDelay is how old a notice is when it is sent by e-mail at the earliest,
	// so that what follows each other becomes one; 0 is a minute.
	MailDelay time.Duration
	// MailRetry is how long an e-mail that was not taken waits for the second
	// attempt; each further one waits four times as long. 0 is a minute.
	MailRetry time.Duration
	// MailLease is how long an e-mail that a node was sending when it ended waits
	// for another one: five minutes.
	MailLease time.Duration
	// Hooks is how webhooks are tried; zero values are as usual.
	Hooks HookPace
	// DemoClock is the clock of the store, set to when the sample's past begins; nil
	// loads the sample without a past.
	DemoClock *demo.Clock
}

// Caller is who asks, and what they said about the write.
type Caller struct {
	cairn.Actor
	// Group joins this write with others for undo; "" makes one up.
	Group string
	// Reason is one line of why.
	Reason string
	// Origin is web, api, cli, or import:<run>.
	Origin string
	// Once, when not "", is recorded with the write, so that a repeated request
	// can be told from a new one.
	Once string
	// also is done in the transaction of the write, before it; its error ends both.
	also func(store.Tx) error
	// session is the hash of the session's secret; "" for API tokens and the
	// command line, which may not touch an account's credentials.
	session string
}

// System is Cairn itself.
func System(origin string) Caller {
	return Caller{Actor: cairn.Actor{System: true}, Origin: origin}
}

// New loads the directory and starts following the log. Project states load when
// they are first wanted; see Preload. The workspace is made when the store is
// empty.
func New(ctx context.Context, cfg Config) (*App, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	a := &App{
		store: cfg.Store, log: changelog.New(cfg.Store), now: cfg.Now, demoClock: cfg.DemoClock, logger: cfg.Logger, exporters: cfg.Exporters,
		done: make(chan struct{}),
	}
	a.access = newAccess(cfg.Now, cmp.Or(cfg.Passwords, auth.Recommended()))
	a.imports = newImports(cfg.Importers)
	a.dir = newDirectory()
	a.links = newLinkIndex()
	a.reasons = newReasonIndex()
	a.files = newFiles(cfg.Files)
	a.thumbnails = newThumbnails()
	a.baselines = &baselines{known: make(map[baselineKey]*baseline)}
	a.pasts = newPasts()
	a.rankings = newRankings()
	a.evidence = newEvidenceIndex()
	a.hearing = newHearing(a)
	a.alikes = newAlikes(a)
	a.here = newHere(a)
	a.mailDelay, a.mailRetry = cmp.Or(cfg.MailDelay, mailDelay), cmp.Or(cfg.MailRetry, mailFirstWait)
	a.mailLease, a.mailWake = cmp.Or(cfg.MailLease, mailLease), newWake()
	a.hooks, a.hookPace, a.hookWake, a.hookNode = newHooks(), cfg.Hooks.orDefault(), newWake(), auth.NewSecret()
	a.states = newStates(cfg.Store, a.dir, cfg.Logger)
	a.states.loaded = a.evidence.feed
	// The attached readers see every set; the directory drops what the scan
	// below already holds, by version.
	a.log.Attach(a.dir.apply)
	a.log.Attach(a.links.apply)
	a.log.Attach(a.reasons.apply)
	a.log.Attach(a.files.apply)
	a.log.Attach(a.hooks.apply)
	a.log.Attach(a.states.apply)
	a.log.Attach(a.evidence.apply)
	a.life, a.stop = context.WithCancel(context.WithoutCancel(ctx))
	if err := a.log.Start(ctx); err != nil {
		a.stop()
		return nil, err
	}
	go func() {
		defer close(a.done)
		a.log.Run(a.life)
	}()
	if err := a.dir.load(ctx, cfg.Store); err != nil {
		a.Close()
		return nil, err
	}
	if err := a.files.load(ctx, cfg.Store); err != nil {
		a.Close()
		return nil, err
	}
	if err := a.hooks.load(ctx, cfg.Store); err != nil {
		a.Close()
		return nil, err
	}
	if err := a.links.load(ctx, cfg.Store); err != nil {
		a.Close()
		return nil, err
	}
	if err := a.evidence.load(ctx, cfg.Store); err != nil {
		a.Close()
		return nil, err
	}
	if err := a.reasons.load(ctx, cfg.Store); err != nil {
		a.Close()
		return nil, err
	}
	if err := a.ensureWorkspace(ctx); err != nil {
		a.Close()
		return nil, err
	}
	return a, nil
}

// Preload loads the states of all projects behind the caller's back, for a server
// that has begun to answer. The channel is closed when it is over.
func (a *App) Preload() (over <-chan struct{}) { return a.states.preload(a.life, a.dir.projectIDs()) }

// Close stops following the log. The store stays open; it is the caller's.
func (a *App) Close() {
	a.imports.close()
	a.stop()
	<-a.done
	a.tasks.Wait()
	a.states.wait()
}

// Log is the tail that live streams subscribe to.
func (a *App) Log() *changelog.Log { return a.log }

// Directory is what the workspace holds in memory.
func (a *App) Directory() *Directory { return a.dir }

// Ready reports an error while the database does not answer.
func (a *App) Ready(ctx context.Context) error { return a.store.Ping(ctx) }

// today is the day that relative dates count from.
func (a *App) today() cairn.Day { return cairn.DayOf(a.now()) }

// write is the one way from a use case to the store; reads are entities that the
// function is known to ask for.
func (a *App) write(ctx context.Context, by Caller, project cairn.ID, fn func(store.Tx) error, reads ...cairn.ID) (cairn.ChangeSet, error) {
	return a.store.Write(ctx, store.Meta{
		Actor: by.User, Project: project, Group: by.Group, Reason: by.Reason, Origin: by.Origin, Reads: reads,
	}, once(by, fn))
}

// MayRead reports whether the caller may read a project.
func (a *App) MayRead(by Caller, project cairn.ID) bool {
	_, err := a.mayIn(by, project, cairn.ReadProject)
	return err == nil
}

// mayEach tells in which projects the caller may do something, and remembers it
// for as long as one answer takes.
func (a *App) mayEach(by Caller, verb cairn.Verb) func(project cairn.ID) bool {
	known := make(map[cairn.ID]bool)
	return func(project cairn.ID) bool {
		may, asked := known[project]
		if !asked {
			_, err := a.mayIn(by, project, verb)
			may = err == nil
			known[project] = may
		}
		return may
	}
}

func (a *App) ensureWorkspace(ctx context.Context) error {
	if a.dir.Workspace().ID != 0 {
		return nil
	}
	_, err := a.write(ctx, System("setup"), 0, func(tx store.Tx) error {
		exists := false
		err := tx.Scan(store.Query{Kinds: []cairn.Kind{cairn.KindWorkspace}, Limit: 1}, func(cairn.Entity) error {
			exists = true
			return nil
		})
		if err != nil || exists {
			return err
		}
		attrs, err := cairn.AttrsOf(cairn.Workspace{Name: "Cairn"})
		if err != nil {
			return err
		}
		_, err = tx.Create(cairn.Entity{Kind: cairn.KindWorkspace, Attrs: attrs})
		return err
	})
	return err
}

// may authorises a workspace-wide verb.
func (a *App) may(by Caller, verb cairn.Verb) error {
	if cairn.Can(by.Actor, verb, cairn.Target{}) {
		return nil
	}
	return refusal(by, verb, cairn.Target{Role: cairn.RoleViewer})
}

// mayIn authorises a verb in a project. Somebody who may not read the project
// learns only that it was not found.
func (a *App) mayIn(by Caller, project cairn.ID, verb cairn.Verb) (cairn.Project, error) {
	return a.mayBy(by, project, verb, 0)
}

// mayBy is mayIn for a thing that has an author.
func (a *App) mayBy(by Caller, project cairn.ID, verb cairn.Verb, author cairn.ID) (cairn.Project, error) {
	p, ok := a.dir.Project(project)
	if !ok {
		return p, cairn.NotFound("The project")
	}
	t := a.target(by, p)
	t.Author = author
	switch {
	case !cairn.Can(by.Actor, cairn.ReadProject, t):
		if by.User == 0 && !by.System {
			return p, cairn.Errorf(cairn.CodeUnauthenticated, "Sign in first")
		}
		return p, cairn.NotFound("The project")
	case !cairn.Can(by.Actor, verb, t):
		return p, refusal(by, verb, t)
	}
	return p, nil
}

func (a *App) target(by Caller, p cairn.Project) cairn.Target {
	return cairn.Target{
		InProject: true, Archived: p.Archived,
		Role: cairn.EffectiveRole(by.Actor, p.Access, a.dir.GivenRole(p.ID, by.User)),
	}
}

// refusal says why: who may, or what stands in the way.
func refusal(by Caller, verb cairn.Verb, t cairn.Target) error {
	switch {
	case by.User == 0 && !by.System:
		return cairn.Errorf(cairn.CodeUnauthenticated, "Sign in first")
	case by.ReadOnly:
		return cairn.Forbidden("This API token can only read; use one with the scope write to %s", verb)
	case t.Archived:
		return cairn.Forbidden("The project is archived; restore it before you %s", verb)
	case !t.InProject:
		return cairn.Forbidden("Only an administrator of the workspace can %s", verb)
	}
	return cairn.Forbidden("Your role in this project is %s, which does not let you %s; a project admin can change that", t.Role, verb)
}

// Detached returns an app without a store. It can describe itself, as the
// OpenAPI document needs, and nothing else.
func Detached() *App { return &App{dir: newDirectory()} }
