package sqlstore

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// committed has the other nodes told, outside the transaction and not for each
// commit.
func (db *pgDB) committed(seq int64) {
	db.lastSeq.Store(seq)
	select {
	case db.dirty <- struct{}{}:
	default: // one is due already
	}
}

// notify tells the other nodes of commits until the store closes. What cannot be
// told they find by their polls.
func (db *pgDB) notify() {
	for {
		select {
		case <-db.life.Done():
			return
		case <-db.dirty:
		}
		payload := fmt.Sprintf("%s %d", db.node, db.lastSeq.Load())
		ctx, cancel := context.WithTimeout(db.life, pgPatience)
		_, _ = db.pool.raw.Exec(ctx, "SELECT pg_notify($1, $2)", channel, payload)
		cancel()
		pause(db.life, notifyEvery)
	}
}

// changed starts to listen at the first call.
func (db *pgDB) changed() <-chan struct{} {
	db.listen.Do(func() {
		db.signals = make(chan struct{}, 1)
		db.running.Go(func() {
			for db.life.Err() == nil {
				db.listenOnce()
				pause(db.life, time.Second)
			}
		})
	})
	return db.signals
}

// listenOnce listens on a connection of its own until that is lost.
func (db *pgDB) listenOnce() {
	connect, cancel := context.WithTimeout(db.life, pgPatience)
	defer cancel()
	c, err := pgx.ConnectConfig(connect, db.cfg)
	if err != nil {
		return
	}
	defer func() {
		end, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = c.Close(end)
	}()
	if _, err := c.Exec(connect, "LISTEN "+channel); err != nil {
		return
	}
	for {
		// Also the first time round: something may have been missed before.
		select {
		case db.signals <- struct{}{}:
		default:
		}
		for {
			n, err := c.WaitForNotification(db.life)
			if err != nil {
				return
			}
			if node, _, _ := strings.Cut(n.Payload, " "); node != db.node {
				break
			}
		}
	}
}

// pause waits, or less when ctx ends.
func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
