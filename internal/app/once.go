package app

import (
	"context"
	"encoding/json"
	"time"

	"cairn/internal/store"
)

// The private records behind idempotency keys: scopeOnce says that the request
// was carried out (written in the same transaction), scopeAnswer what it was
// answered.
const (
	scopeOnce   = "once"
	scopeAnswer = "once-answer"
	keepAnswers = 24 * time.Hour
)

// OnceAnswer returns the kept answer of a repeatable request, and whether the
// request was carried out at all.
func (a *App) OnceAnswer(ctx context.Context, key string) (answer json.RawMessage, done bool, err error) {
	p, ok, err := a.store.Private(ctx, scopeAnswer, key)
	if err != nil || ok {
		return p.Value, ok, err
	}
	_, done, err = a.store.Private(ctx, scopeOnce, key)
	return nil, done, err
}

// KeepAnswer stores the answer of a repeatable request for a day.
func (a *App) KeepAnswer(ctx context.Context, by Caller, key string, answer json.RawMessage) error {
	_, err := a.write(ctx, by, 0, func(tx store.Tx) error {
		return tx.PutPrivate(store.Private{
			Scope: scopeAnswer, Key: key, Owner: by.User, Value: answer, ExpiresAt: tx.Now().Add(keepAnswers),
		})
	})
	return err
}

// once wraps a write so that its key is recorded in the same transaction, and
// what else belongs to it is done there.
func once(by Caller, fn func(store.Tx) error) func(store.Tx) error {
	if by.Once == "" && by.also == nil {
		return fn
	}
	return func(tx store.Tx) error {
		if by.also != nil {
			if err := by.also(tx); err != nil {
				return err
			}
		}
		if err := fn(tx); err != nil {
			return err
		}
		if by.Once == "" {
			return nil
		}
		return tx.PutPrivate(store.Private{
			Scope: scopeOnce, Key: by.Once, Owner: by.User, Value: json.RawMessage("true"), ExpiresAt: tx.Now().Add(keepAnswers),
		})
	}
}
