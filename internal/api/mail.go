package api

import (
	"context"
	"html"
	"net/http"
	"time"

	"cairn"
	"cairn/internal/app"
)

func (s *server) mailRoutes() []endpoint {
	const tag = "E-mail"
	return []endpoint{
		route(op{id: "get-mail", method: get, path: "/mail", tag: tag, about: "How e-mail stands: what waits and what was given up, and whether it comes in"}, s.getMail),
		route(op{id: "get-project-mail", method: get, path: "/projects/{project}/mail", tag: tag, about: "Where e-mail becomes insights of a project, when it was last read, and why none comes"}, s.getProjectMail),
		route(op{id: "test-mail", method: post, path: "/mail/test", tag: tag, status: 204, about: "Send yourself an e-mail at once, and learn what the mail server says"}, s.testMail),
		route(op{id: "handle-mails", method: post, path: "/mail/queue", tag: tag, about: "Try e-mails again that wait or were given up, or drop them; those being sent now are passed over"}, s.handleMails),
	}
}

// QueuedMail is an e-mail that was not taken yet, without what it says.
type QueuedMail struct {
	ID       string    `json:"id"`
	Person   cairn.ID  `json:"person"`
	To       string    `json:"to"`
	Subject  string    `json:"subject"`
	State    string    `json:"state" enum:"waiting,sending,failed"`
	Attempts int       `json:"attempts"`
	Error    string    `json:"error,omitempty" doc:"Why the last attempt was in vain"`
	Since    time.Time `json:"since"`
	Next     time.Time `json:"next,omitzero" doc:"When it is tried again; absent when it was given up"`
}

type mailOut struct {
	Body struct {
		Configured bool         `json:"configured"`
		Waiting    int          `json:"waiting" doc:"How many wait to be sent or tried again"`
		Failed     int          `json:"failed" doc:"How many were given up in the last 30 days"`
		Mails      []QueuedMail `json:"mails" doc:"Some of them, those given up first"`
		Incoming   *MailIn      `json:"incoming,omitempty" doc:"How e-mail comes in; absent where none does"`
	}
}

// MailIn says how e-mail comes in.
type MailIn struct {
	Address  string    `json:"address" doc:"What people write to; with +KEY before the @ it goes to that project"`
	Projects []string  `json:"projects" doc:"Keys of the projects that take e-mail; the first takes what names none"`
	Read     time.Time `json:"read,omitzero" doc:"When all of the mailbox was last read; absent before that"`
	Trouble  string    `json:"trouble,omitempty" doc:"Why none comes now"`
}

func mailInOut(in app.MailIncoming) *MailIn {
	if in.Address == "" {
		return nil
	}
	return &MailIn{in.Address, in.Projects, in.Read, in.Trouble}
}

type projectMailOut struct {
	Body struct {
		Incoming *MailIn `json:"incoming,omitempty" doc:"Absent where the project takes no e-mail"`
	}
}

func (s *server) getProjectMail(ctx context.Context, in *ProjectIn) (*projectMailOut, error) {
	p, err := s.app.Project(callerOf(ctx), in.Project)
	if err != nil {
		return nil, err
	}
	incoming, err := s.app.ProjectMail(callerOf(ctx), p.ID)
	if err != nil {
		return nil, err
	}
	out := &projectMailOut{}
	out.Body.Incoming = mailInOut(incoming)
	return out, nil
}

func (s *server) getMail(ctx context.Context, _ *none) (*mailOut, error) {
	state, err := s.app.MailState(ctx, callerOf(ctx))
	if err != nil {
		return nil, err
	}
	out := &mailOut{}
	out.Body.Configured, out.Body.Waiting, out.Body.Failed, out.Body.Mails = state.Configured, state.Waiting, state.Failed, []QueuedMail{}
	out.Body.Incoming = mailInOut(state.Incoming)
	for _, m := range state.Mails {
		status := "waiting"
		switch {
		case !m.Ended.IsZero():
			status = "failed"
		case m.Sending:
			status = "sending"
		}
		out.Body.Mails = append(out.Body.Mails, QueuedMail{m.ID, m.User, m.To, m.Subject, status, m.Attempts, m.Error, m.Since, m.Next})
	}
	return out, nil
}

type handleMailsIn struct {
	Body struct {
		Do  app.MailDeed `json:"do" enum:"retry,discard"`
		IDs []string     `json:"ids,omitempty" maxItems:"1000" doc:"Absent for all"`
	}
}

type countOut struct {
	Body struct {
		Count int `json:"count"`
	}
}

func (s *server) handleMails(ctx context.Context, in *handleMailsIn) (*countOut, error) {
	out := &countOut{}
	var err error
	out.Body.Count, err = s.app.HandleMails(ctx, callerOf(ctx), in.Body.Do, in.Body.IDs)
	return out, err
}

func (s *server) testMail(ctx context.Context, _ *none) (*none, error) {
	return nil, s.app.TestMail(ctx, callerOf(ctx), "")
}

// unsubscribe serves the link in an e-mail: looking at it changes nothing, since
// programs look at links too; the form and RFC 8058 send POST.
func (s *server) unsubscribe(w http.ResponseWriter, r *http.Request) {
	token := r.URL.Query().Get("t")
	u, err := s.app.Unsubscriber(r.Context(), token)
	if err == nil && r.Method == http.MethodPost {
		err = s.app.Unsubscribe(r.Context(), token)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	body := ""
	switch {
	case err != nil:
		w.WriteHeader(problemOf(err).Status)
		body = "<p>" + html.EscapeString(err.Error()) + "</p>"
	case r.Method == http.MethodPost:
		body = "<p>" + html.EscapeString(u.Name) + " gets no more e-mail about ideas. The inbox stays as it is.</p>"
	default:
		body = `<form method="post"><p>Send no more e-mail about ideas to ` + html.EscapeString(u.Name) + `?</p><button>No more e-mail</button></form>`
	}
	w.Write([]byte(`<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>E-mail from Cairn</title><h1>E-mail from Cairn</h1>` + body)) // the client left
}
