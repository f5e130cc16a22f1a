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
	db.due()
}

func (db *pgDB) due() {
	select {
	case db.dirty <- struct{}{}:
	default: // one is due already
	}
}

// notify tells the other nodes of commits until the store closes. What cannot be
// told they find by their polls.
func (db *pgDB) notify() {
	var notified int64
	for {
		select {
		case <-db.life.Done():
			return
		case <-db.dirty:
		}
		ctx, cancel := context.WithTimeout(db.life, pgPatience)
		if seq := db.lastSeq.Load(); seq != notified {
			_, _ = db.pool.raw.Exec(ctx, "SELECT pg_notify($1, $2)", channel, fmt.Sprintf("%s %d", db.node, seq))
			notified = seq
		}
		if told := db.takeTelling(); told != "" {
			if _, err := db.pool.raw.Exec(ctx, "SELECT pg_notify($1, $2)", toldChannel, db.node+told); err != nil {
				// After a restart of the server all idle connections are lost.
				db.pool.refresh()
				_, _ = db.pool.raw.Exec(ctx, "SELECT pg_notify($1, $2)", toldChannel, db.node+told)
			}
		}
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
	if _, err := c.Exec(connect, "LISTEN "+channel+"; LISTEN "+toldChannel); err != nil {
		return
	}
	db.pass("")
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
			if n.Channel == toldChannel {
				db.takeNews(n.Payload)
			} else if node, _, _ := strings.Cut(n.Payload, " "); node != db.node {
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

// tell puts a message with those that the next notification carries. Where the
// database does not answer for long, the oldest are lost.
func (db *pgDB) tell(message string) {
	db.mu.Lock()
	db.telling = append(db.telling, message)
	if over := len(db.telling) - maxTold; over > 0 {
		db.telling = db.telling[over:]
	}
	db.mu.Unlock()
	db.due()
}

// takeTelling takes as many messages as fit into one notification, each behind a
// line's end; the others are due next.
func (db *pgDB) takeTelling() string {
	db.mu.Lock()
	defer db.mu.Unlock()
	var b strings.Builder
	taken := 0
	for _, m := range db.telling {
		if b.Len()+len(m)+1 > tellRoom {
			break
		}
		b.WriteByte('\n')
		b.WriteString(m)
		taken++
	}
	if taken == 0 && len(db.telling) > 0 {
		taken = 1 // one that never fits is no message
	}
	db.telling = db.telling[taken:]
	if len(db.telling) > 0 {
		db.due()
	}
	return b.String()
}

// takeNews passes on what another node told.
func (db *pgDB) takeNews(payload string) {
	lines := strings.Split(payload, "\n")
	if lines[0] == db.node {
		return
	}
	for _, m := range lines[1:] {
		db.pass(m)
	}
}

func (db *pgDB) pass(m string) {
	select {
	case db.news <- m:
	default: // nobody takes them
	}
}

// told starts to listen, as changed does.
func (db *pgDB) told() <-chan string {
	db.changed()
	return db.news
}
