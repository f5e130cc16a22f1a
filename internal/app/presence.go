package app

import (
	"context"
	"regexp"
	"time"

	"cairn"
	"cairn/internal/auth"
	"cairn/internal/presence"
)

// How often a person may say where they are, over all their tabs.
const (
	presenceBurst = 40
	presenceEvery = 100 * time.Millisecond
	presenceKeys  = 10_000
)

var (
	tabName       = regexp.MustCompile(`^[A-Za-z0-9_-]{8,40}$`)
	presenceField = regexp.MustCompile(`^[a-z][a-z0-9]{0,39}$`)
)

// here is who is where, on all nodes.
type here struct {
	book    *presence.Book
	limiter *auth.Limiter
}

func newHere(a *App) here {
	return here{
		book:    presence.New(a.now, a.store.Tell),
		limiter: auth.NewLimiter(auth.Limits{Burst: presenceBurst, Every: presenceEvery, Keys: presenceKeys, Now: a.now}),
	}
}

// Where is what a tab shows, and what is being edited in it.
type Where struct {
	View, Idea cairn.ID
	// Field is the field, or title, description, comment, that is being edited.
	Field string
}

// SayWhere notes where one of the caller's tabs is; the zero Where is nowhere. It
// writes nothing and is forgotten when the tab's stream ends.
func (a *App) SayWhere(ctx context.Context, by Caller, tab string, at Where) error {
	if !tabName.MatchString(tab) {
		return cairn.Invalid("tab", "The name of a tab has 8 to 40 letters, digits, - and _")
	}
	if at.Field != "" && (at.Idea == 0 || !presenceField.MatchString(at.Field)) {
		return cairn.Invalid("field", "Name a field of the idea, or title, description or comment")
	}
	if err := a.here.limiter.Take(by.User.String(), "reports of where you are"); err != nil {
		return err
	}
	place := presence.Place{View: at.View, Idea: at.Idea, Field: at.Field}
	for _, on := range []About{{cairn.KindView, at.View}, {cairn.KindIdea, at.Idea}} {
		if on.ID == 0 {
			continue
		}
		project, kind, err := a.watchable(ctx, by, on.ID)
		if err == nil && kind != on.Kind {
			err = cairn.NotFound("The view or idea")
		}
		if err != nil {
			return err
		}
		if _, err := a.mayIn(by, project, cairn.ShowPresence); err != nil {
			return err
		}
		if place.Project != 0 && place.Project != project {
			return cairn.Invalid("idea", "The idea and the view are of different projects")
		}
		place.Project = project
	}
	a.here.book.Put(presence.Tab{User: by.User, Name: tab}, place)
	return nil
}

// Attend says that the stream of one of the caller's tabs is open. changed
// receives when the answer of Around may be another one, until leave is called.
func (a *App) Attend(by Caller, tab string) (changed <-chan struct{}, leave func(), err error) {
	if !tabName.MatchString(tab) {
		return nil, nil, cairn.Invalid("tab", "The name of a tab has 8 to 40 letters, digits, - and _")
	}
	changed, leave = a.here.book.Open(presence.Tab{User: by.User, Name: tab})
	return changed, leave, nil
}

// Around tells who else is where one of the caller's tabs is.
func (a *App) Around(by Caller, tab string) presence.Around {
	return a.here.book.Around(presence.Tab{User: by.User, Name: tab}, a.mayPersonRead)
}

// mayPersonRead reports whether somebody who need not be asking may read a project.
func (a *App) mayPersonRead(user, project cairn.ID) bool {
	u, ok := a.dir.User(user)
	if !ok || u.Disabled {
		return false
	}
	return a.MayRead(Caller{Actor: cairn.Actor{User: u.ID, Admin: u.Admin}}, project)
}
