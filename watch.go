package cairn

import (
	"slices"
	"time"
)

// Watch says whether a person hears of what happens to a thing. It is beside the
// log: whom something concerns is nobody else's history.
type Watch struct {
	// Target is the idea, view or project.
	Target ID `json:"-"`
	User   ID `json:"-"`
	// On is false for those who turned it off, which nothing turns on again but
	// they themselves.
	On bool `json:"on"`
	// Why they hear of it.
	Why WatchWhy `json:"why"`
	// Since is the last change set that it does not concern.
	Since int64 `json:"since,omitempty"`
}

// WatchWhy says how somebody came to hear of something.
type WatchWhy string

// The ways to hear of something, the strongest first.
const (
	WhyMention WatchWhy = "mention" // somebody named them
	WhyHand    WatchWhy = "hand"    // they asked for it
	WhyCreate  WatchWhy = "create"  // they made it
	WhyComment WatchWhy = "comment" // they said something about it
	WhyView    WatchWhy = "view"    // they watch a view that shows it
	WhyProject WatchWhy = "project" // they watch its project
	WhyAdmin   WatchWhy = "admin"   // they administer it
)

// Hearing is how one person wants to hear of things. The zero value is what
// everybody begins with: everything in the inbox, nothing by e-mail.
type Hearing struct {
	// NotOn turns automatic watching off: create, comment, mention.
	NotOn []WatchWhy `json:"notOn,omitempty"`
	// Email is when notices are sent by e-mail.
	Email EmailPace `json:"email,omitempty"`
	// Zone is the IANA name of the person's time zone; "" is UTC.
	Zone string `json:"zone,omitempty"`
	// Hour is when daily and weekly e-mails come, in the person's zone.
	Hour int `json:"hour,omitempty"`
	// Weekday is the day of the weekly e-mail, 0 is Sunday.
	Weekday time.Weekday `json:"weekday,omitempty"`
	// QuietFrom and QuietTo bound the hours without e-mail, in minutes of the
	// day; equal ones mean that there are none. They may span midnight.
	QuietFrom int `json:"quietFrom,omitempty"`
	QuietTo   int `json:"quietTo,omitempty"`
}

// EmailPace says when notices are sent by e-mail.
type EmailPace string

// The paces.
const (
	EmailOff    EmailPace = ""
	EmailSoon   EmailPace = "soon"   // once it is a minute old and still unread
	EmailDaily  EmailPace = "daily"  // one a day
	EmailWeekly EmailPace = "weekly" // one a week
)

// Validate checks the settings.
func (h *Hearing) Validate() error {
	for _, why := range h.NotOn {
		if why != WhyCreate && why != WhyComment && why != WhyMention {
			return Invalid("notOn", "Watching begins by itself on create, comment or mention, not on %q", string(why))
		}
	}
	switch h.Email {
	case EmailOff, EmailSoon, EmailDaily, EmailWeekly:
	default:
		return Invalid("email", "E-mail is sent soon, daily or weekly, or not at all, not %q", string(h.Email))
	}
	if _, err := time.LoadLocation(h.Zone); err != nil || h.Zone == "Local" {
		return Invalid("zone", "%q is not the name of a time zone, such as Europe/Vienna", h.Zone)
	}
	if h.Hour < 0 || h.Hour > 23 {
		return Invalid("hour", "The hour of the e-mail is a whole number from 0 to 23")
	}
	if h.Weekday < 0 || h.Weekday > 6 {
		return Invalid("weekday", "The day of the weekly e-mail is 0 for Sunday to 6 for Saturday")
	}
	const day = 24 * 60
	if min(h.QuietFrom, h.QuietTo) < 0 || max(h.QuietFrom, h.QuietTo) >= day {
		return Invalid("quietFrom", "Quiet hours are given in minutes of the day, from 0 to 1439")
	}
	return nil
}

// Auto reports whether watching begins by itself in that way.
func (h *Hearing) Auto(why WatchWhy) bool { return !slices.Contains(h.NotOn, why) }

func (h *Hearing) zone() *time.Location {
	if loc, err := time.LoadLocation(h.Zone); err == nil {
		return loc
	}
	return time.UTC
}

// Due returns when an e-mail about something that happened at that time is to be
// sent, which is never before it and never within quiet hours. It must not be
// asked of somebody who wants no e-mail.
func (h *Hearing) Due(at time.Time, delay time.Duration) time.Time {
	local := at.In(h.zone())
	switch h.Email {
	case EmailDaily, EmailWeekly:
		due := time.Date(local.Year(), local.Month(), local.Day(), h.Hour, 0, 0, 0, local.Location())
		for !due.After(local) || h.Email == EmailWeekly && due.Weekday() != h.Weekday {
			due = time.Date(due.Year(), due.Month(), due.Day()+1, h.Hour, 0, 0, 0, local.Location())
		}
		return h.afterQuiet(due)
	}
	return h.afterQuiet(local.Add(delay))
}

// afterQuiet moves a moment within quiet hours to their end.
func (h *Hearing) afterQuiet(at time.Time) time.Time {
	if h.QuietFrom == h.QuietTo {
		return at
	}
	minute := at.Hour()*60 + at.Minute()
	quiet := h.QuietFrom <= minute && minute < h.QuietTo
	if h.QuietFrom > h.QuietTo {
		quiet = minute >= h.QuietFrom || minute < h.QuietTo
	}
	if !quiet {
		return at
	}
	end := time.Date(at.Year(), at.Month(), at.Day(), h.QuietTo/60, h.QuietTo%60, 0, 0, at.Location())
	if !end.After(at) {
		end = time.Date(at.Year(), at.Month(), at.Day()+1, h.QuietTo/60, h.QuietTo%60, 0, 0, at.Location())
	}
	return end
}
