package api

import (
	"context"
	"time"

	"cairn"
	"cairn/internal/app"
)

func (s *server) hookRoutes() []endpoint {
	const tag = "Webhooks"
	return []endpoint{
		route(op{id: "list-hooks", method: get, path: "/hooks", tag: tag, about: "The webhooks that you administer: of the workspace and of your projects"}, s.listHooks),
		route(op{id: "create-hook", method: post, path: "/hooks", tag: tag, status: 201, secret: true, about: "Send changes to an address; the secret is in this answer only"}, s.createHook),
		route(op{id: "update-hook", method: pat, path: "/hooks/{hook}", tag: tag, about: "Change, pause or resume a webhook; what is left out stays"}, s.updateHook),
		route(op{id: "delete-hook", method: del, path: "/hooks/{hook}", tag: tag, status: 204, about: "Delete a webhook with its log"}, s.deleteHook),
		route(op{id: "roll-hook-secret", method: post, path: "/hooks/{hook}/secret", tag: tag, secret: true, about: "Make a new secret; the old one signs along for a day"}, s.rollHook),
		route(op{id: "test-hook", method: post, path: "/hooks/{hook}/test", tag: tag, about: "Send a test message at once, and learn what the target says"}, s.testHook),
		route(op{id: "list-hook-deliveries", method: get, path: "/hooks/{hook}/deliveries", tag: tag, about: "What was sent and what the target said, the newest first"}, s.listDeliveries),
		route(op{id: "get-hook-delivery", method: get, path: "/hooks/{hook}/deliveries/{delivery}", tag: tag, about: "One message with what was sent"}, s.getDelivery),
		route(op{id: "replay-hook", method: post, path: "/hooks/{hook}/replay", tag: tag, about: "Send one message again, or all that were given up since a time"}, s.replayHook),
	}
}

// Hook is a webhook as its administrators see it.
type Hook struct {
	ID        cairn.ID        `json:"id"`
	Name      string          `json:"name" doc:"What it is for"`
	URL       string          `json:"url"`
	Project   string          `json:"project,omitempty" doc:"Key of the project; absent: of the whole workspace"`
	Kinds     []cairn.Kind    `json:"kinds,omitempty" doc:"Kinds whose changes are sent; absent: all"`
	Fields    []cairn.Ref     `json:"fields,omitempty" doc:"Fields of ideas whose changes are sent; absent: all. New and deleted ideas are sent anyhow"`
	Paused    cairn.HookPause `json:"paused,omitempty" enum:"hand,failing,gone" doc:"Why nothing is sent"`
	Author    cairn.ID        `json:"author,omitempty"`
	CreatedAt time.Time       `json:"createdAt"`
	Last      time.Time       `json:"last,omitzero" doc:"When something was taken last"`
	Failing   time.Time       `json:"failingSince,omitzero" doc:"Since when nothing is taken"`
	Next      time.Time       `json:"next,omitzero" doc:"When it is tried again"`
}

func (s *server) hookOut(h app.HookInfo) Hook {
	p, _ := s.app.Directory().Project(h.Project)
	return Hook{
		ID: h.ID, Name: h.Name, URL: h.URL, Project: p.Key, Kinds: h.Kinds, Fields: h.Fields, Paused: h.Paused,
		Author: h.Author, CreatedAt: h.CreatedAt, Last: h.Last, Failing: h.FailingSince, Next: h.Next,
	}
}

// HookIn is the path parameter that names a webhook.
type HookIn struct {
	Hook cairn.ID `path:"hook" doc:"The webhook's id"`
}

type hookOut struct{ Body Hook }

// NewHook is a webhook that was just made.
type NewHook struct {
	Hook
	Secret string `json:"secret" doc:"What messages are signed with. It is never shown again"`
}

type newHookOut struct{ Body NewHook }

type hooksOut struct {
	Body struct {
		Hooks []Hook       `json:"hooks"`
		Kinds []cairn.Kind `json:"kinds" doc:"Kinds that there are to choose among"`
	}
}

func (s *server) listHooks(ctx context.Context, _ *none) (*hooksOut, error) {
	list, err := s.app.Hooks(ctx, callerOf(ctx))
	if err != nil {
		return nil, err
	}
	out := &hooksOut{}
	out.Body.Hooks, out.Body.Kinds = []Hook{}, cairn.HookKinds()
	for _, h := range list {
		out.Body.Hooks = append(out.Body.Hooks, s.hookOut(h))
	}
	return out, nil
}

type createHookIn struct {
	Body struct {
		Name    string       `json:"name" doc:"What it is for"`
		URL     string       `json:"url" doc:"Where to; https, unless the operator named its network"`
		Project string       `json:"project,omitempty" doc:"Key of the project; absent: the whole workspace"`
		Kinds   []cairn.Kind `json:"kinds,omitempty"`
		Fields  []cairn.Ref  `json:"fields,omitempty"`
	}
}

func (s *server) createHook(ctx context.Context, in *createHookIn) (*newHookOut, error) {
	b := in.Body
	made := app.NewHook{Hook: cairn.Hook{Name: b.Name, Kinds: b.Kinds, Fields: b.Fields}, URL: b.URL}
	if b.Project != "" {
		p, err := s.app.Project(callerOf(ctx), b.Project)
		if err != nil {
			return nil, err
		}
		made.Project = p.ID
	}
	h, secret, err := s.app.CreateHook(ctx, callerOf(ctx), made)
	if err != nil {
		return nil, err
	}
	return &newHookOut{NewHook{s.hookOut(h), secret}}, nil
}

type updateHookIn struct {
	HookIn
	Body struct {
		Name   *string       `json:"name,omitempty"`
		URL    *string       `json:"url,omitempty"`
		Kinds  *[]cairn.Kind `json:"kinds,omitempty"`
		Fields *[]cairn.Ref  `json:"fields,omitempty"`
		Paused *bool         `json:"paused,omitempty" doc:"false goes on where it stopped"`
		Skip   *bool         `json:"skip,omitempty" doc:"Leaves out what waits"`
	}
}

func (s *server) updateHook(ctx context.Context, in *updateHookIn) (*hookOut, error) {
	b := in.Body
	h, err := s.app.UpdateHook(ctx, callerOf(ctx), in.Hook, app.HookPatch{
		Name: b.Name, URL: b.URL, Kinds: b.Kinds, Fields: b.Fields, Paused: b.Paused, Skip: b.Skip,
	})
	if err != nil {
		return nil, err
	}
	return &hookOut{s.hookOut(h)}, nil
}

func (s *server) deleteHook(ctx context.Context, in *HookIn) (*none, error) {
	return nil, s.app.DeleteHook(ctx, callerOf(ctx), in.Hook)
}

type hookSecretOut struct {
	Body struct {
		Secret string `json:"secret" doc:"What messages are signed with. It is never shown again"`
	}
}

func (s *server) rollHook(ctx context.Context, in *HookIn) (*hookSecretOut, error) {
	secret, err := s.app.RollHook(ctx, callerOf(ctx), in.Hook)
	out := &hookSecretOut{}
	out.Body.Secret = secret
	return out, err
}

// HookDelivery is a message of a webhook and what became of it.
type HookDelivery struct {
	ID    string            `json:"id" doc:"The message's id, the same for every attempt"`
	Type  string            `json:"type" enum:"changes,test"`
	Seq   int64             `json:"seq,omitempty" doc:"The change set"`
	At    time.Time         `json:"at" doc:"When it happened"`
	State app.DeliveryState `json:"state" enum:"waiting,sent,failed"`
	Count int               `json:"count" doc:"How many attempts there were"`
	Tries []HookTry         `json:"tries" doc:"The last of them, the oldest first"`
	Body  string            `json:"body,omitempty" doc:"What was sent; in the answer about one message only"`
}

// HookTry is one attempt to deliver a message.
type HookTry struct {
	At     time.Time `json:"at"`
	Took   int64     `json:"took" doc:"In milliseconds"`
	Status int       `json:"status,omitempty" doc:"What the target answered; absent when it did not"`
	Answer string    `json:"answer,omitempty" doc:"The beginning of its answer"`
	Error  string    `json:"error,omitempty" doc:"Why it did not count as taken"`
	Replay bool      `json:"replay,omitempty" doc:"It was sent again"`
}

func deliveryOut(d app.HookDelivery) HookDelivery {
	out := HookDelivery{ID: d.ID, Type: d.Type, Seq: d.Seq, At: d.At, State: d.State, Count: d.Count, Tries: []HookTry{}, Body: string(d.Body)}
	for _, t := range d.Tries {
		out.Tries = append(out.Tries, HookTry(t))
	}
	return out
}

type deliveryOneOut struct{ Body HookDelivery }

func (s *server) testHook(ctx context.Context, in *HookIn) (*deliveryOneOut, error) {
	d, err := s.app.TestHook(ctx, callerOf(ctx), in.Hook)
	if err != nil {
		return nil, err
	}
	return &deliveryOneOut{deliveryOut(d)}, nil
}

type deliveriesIn struct {
	HookIn
	State app.DeliveryState `query:"state" enum:"waiting,sent,failed" doc:"Only these"`
	After string            `query:"after" doc:"Id of the last message that you know: only older ones"`
}

type deliveriesOut struct {
	Body struct {
		Deliveries []HookDelivery `json:"deliveries" doc:"At most 100"`
		More       bool           `json:"more" doc:"There are older ones"`
	}
}

func (s *server) listDeliveries(ctx context.Context, in *deliveriesIn) (*deliveriesOut, error) {
	list, more, err := s.app.HookDeliveries(ctx, callerOf(ctx), in.Hook, in.State, in.After)
	if err != nil {
		return nil, err
	}
	out := &deliveriesOut{}
	out.Body.Deliveries, out.Body.More = []HookDelivery{}, more
	for _, d := range list {
		out.Body.Deliveries = append(out.Body.Deliveries, deliveryOut(d))
	}
	return out, nil
}

type deliveryIn struct {
	HookIn
	Delivery string `path:"delivery" doc:"The message's id"`
}

func (s *server) getDelivery(ctx context.Context, in *deliveryIn) (*deliveryOneOut, error) {
	d, err := s.app.HookDelivery(ctx, callerOf(ctx), in.Hook, in.Delivery)
	if err != nil {
		return nil, err
	}
	return &deliveryOneOut{deliveryOut(d)}, nil
}

type replayIn struct {
	HookIn
	Body struct {
		Delivery    string    `json:"delivery,omitempty" doc:"One message, sent at once"`
		FailedSince time.Time `json:"failedSince,omitzero" doc:"All that were given up and happened since then, in their order"`
	}
}

type replayOut struct {
	Body struct {
		Count    int           `json:"count" doc:"How many messages are sent again"`
		Delivery *HookDelivery `json:"delivery,omitempty" doc:"What became of the one message"`
	}
}

func (s *server) replayHook(ctx context.Context, in *replayIn) (*replayOut, error) {
	out := &replayOut{}
	if in.Body.Delivery == "" {
		if in.Body.FailedSince.IsZero() {
			return nil, cairn.Invalid("delivery", "Say which message to send again, or with failedSince from when on")
		}
		n, err := s.app.ReplayFailed(ctx, callerOf(ctx), in.Hook, in.Body.FailedSince)
		out.Body.Count = n
		return out, err
	}
	d, err := s.app.ReplayDelivery(ctx, callerOf(ctx), in.Hook, in.Body.Delivery)
	if err != nil {
		return nil, err
	}
	shown := deliveryOut(d)
	out.Body.Count, out.Body.Delivery = 1, &shown
	return out, nil
}
