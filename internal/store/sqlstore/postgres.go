package sqlstore

import (
	"context"
	"crypto/rand"
	stdsql "database/sql"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"cairn"
)

const (
	// pgPatience bounds what must not hold up a start or a stop.
	pgPatience = 10 * time.Second
	// notifyEvery is the least time between two notifications of one node: a
	// notification makes the server's commits take turns, so they are few.
	notifyEvery = 20 * time.Millisecond
	// channel carries the notifications, as "node sequence number".
	channel = "cairn_log"
	// toldChannel carries what nodes tell each other, as "node" and a message a line.
	toldChannel = "cairn_told"
	// maxTold is how many messages wait at most, tellRoom how many bytes of them
	// one notification carries; PostgreSQL takes less than 8,000.
	maxTold  = 1000
	tellRoom = 6000
	// migrateLock is the advisory lock of the node that migrates.
	migrateLock = 0x636169726e
	// forgetNode is how long the row of a node that is gone is kept.
	forgetNode = 7 * 24 * time.Hour
)

const (
	sqlTurn       = "SELECT one FROM meta FOR UPDATE"
	sqlMark       = "INSERT INTO node (id, batch, at) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET batch = excluded.batch, at = excluded.at"
	sqlMarkRead   = "SELECT batch FROM node WHERE id = ?"
	sqlNodeForget = "DELETE FROM node WHERE at < ?"
	// sqlCompress has long values compressed by lz4 where the server knows that: its
	// other way took four fifths of the time of a change set of 500 new ideas.
	sqlCompress = "SELECT set_config('default_toast_compression', 'lz4', false) FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)"
)

// OpenPostgres opens the database at a postgres:// address and brings its
// tables up to date. Any number of nodes may share it.
func OpenPostgres(ctx context.Context, url string, opts Options) (*Store, error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, &cairn.Error{Code: cairn.CodeInvalid, Cause: err, Message: fmt.Sprintf(
			"The address of the database cannot be read: write it as postgres://user:password@host:port/database (%v)", reasonOf(err))}
	}
	db := &pgDB{cfg: cfg.ConnConfig, texts: &rebinder{}, node: strings.ToLower(rand.Text()), dirty: make(chan struct{}, 1), news: make(chan string, maxTold)}
	db.cfg.DialFunc = (&net.Dialer{
		Timeout:         pgPatience,
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3},
	}).DialContext
	if db.cfg.RuntimeParams["application_name"] == "" {
		db.cfg.RuntimeParams["application_name"] = "cairn"
	}
	if opts.Readers > 0 {
		cfg.MaxConns = int32(opts.Readers)
	} else if !strings.Contains(url, "pool_max_conns=") {
		cfg.MaxConns = 10
	}
	p, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, db.explain(err)
	}
	db.pool = &pgPool{raw: p, texts: db.texts}
	if err := db.migrate(ctx); err != nil {
		p.Close()
		return nil, db.explain(err)
	}
	db.life, db.stop = context.WithCancel(context.Background())
	db.running.Go(db.notify)
	return start(db, db.pool, opts), nil
}

// reasonOf is what is wrong with an address, without the address, which may
// hold a password.
func reasonOf(err error) error {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err
		}
		err = next
	}
}

// pgDB is the database interface on PostgreSQL.
type pgDB struct {
	cfg   *pgx.ConnConfig
	texts *rebinder
	pool  *pgPool
	// node tells this store's commits and notifications from other ones'.
	node string

	life    context.Context
	stop    context.CancelFunc
	running sync.WaitGroup
	dirty   chan struct{}
	lastSeq atomic.Int64

	listen  sync.Once
	signals chan struct{}
	// news are the messages of other nodes, telling those on their way to them.
	news    chan string
	mu      sync.Mutex
	telling []string
}

// where names the database without its password.
func (db *pgDB) where() string {
	return net.JoinHostPort(db.cfg.Host, strconv.Itoa(int(db.cfg.Port))) + "/" + db.cfg.Database
}

// reach: a read of its own is a round trip.
func (db *pgDB) reach() int { return 16 }

// turn: what follows is a statement of its own, which sees what the writer before
// has committed.
func (db *pgDB) turn() string { return sqlTurn }

// integrity: the server checks its pages itself, if it is set up to.
func (db *pgDB) integrity() string { return "" }

// openWriter opens the connection that writes. The server ends its transaction
// when the node hangs in it, since all other nodes would wait.
func (db *pgDB) openWriter(ctx context.Context) (conn, error) {
	ctx, cancel := context.WithTimeout(ctx, pgPatience)
	defer cancel()
	raw, err := pgx.ConnectConfig(ctx, db.cfg)
	if err != nil {
		return nil, err
	}
	c := &pgConn{raw: raw, texts: db.texts}
	for _, s := range []string{
		"SET idle_in_transaction_session_timeout = '60s'",
		"SET tcp_keepalives_idle = 15", "SET tcp_keepalives_interval = 5", "SET tcp_keepalives_count = 3",
		// An acknowledged write survives a power cut; stronger settings stay.
		"SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
		sqlCompress,
	} {
		if _, err := raw.Exec(ctx, s); err != nil {
			return nil, errors.Join(err, c.close())
		}
	}
	err = c.exec(ctx, sqlNodeForget, time.Now().Add(-forgetNode).UnixMicro())
	if err == nil {
		err = c.flush(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, c.close())
	}
	return c, nil
}

// mark is the statement that makes a batch recognisable after it was committed.
func (db *pgDB) mark(batch int64) (query, bool) {
	return sql(sqlMark, db.node, batch, time.Now().UnixMicro()), true
}

// marked returns the batch that this store committed last, 0 for none.
func (db *pgDB) marked(ctx context.Context, c conn) (batch int64, err error) {
	_, err = queryRow(ctx, c, sql(sqlMarkRead, db.node), &batch)
	return batch, err
}

// lengthen has nothing to do: the server keeps the files of its log.
func (db *pgDB) lengthen(context.Context, conn) (done bool) { return true }

// lost tells failures of the connection, and of transactions that the server
// gave up, from those of statements.
func (db *pgDB) lost(err error) bool {
	if _, own := errors.AsType[*cairn.Error](err); own || errors.As(err, &passed{}) {
		return false
	}
	e, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return true
	}
	switch e.Code {
	case "57P01", "57P02", "57P03", "57P05", "25P03", "40001", "40P01", "53300":
		return true
	}
	return strings.HasPrefix(e.Code, "08")
}

func (db *pgDB) close() error {
	db.listen.Do(func() {}) // from here on nobody begins to listen
	db.stop()
	db.running.Wait()
	return nil
}

// migrate brings the tables up to date. Tables that are cost a query or two on a
// connection that is read with afterwards.
func (db *pgDB) migrate(ctx context.Context) error {
	start, cancel := context.WithTimeout(ctx, pgPatience)
	defer cancel()
	c, err := db.pool.get(start)
	if start.Err() != nil && ctx.Err() == nil {
		return errors.New("the server did not answer in time")
	}
	if err != nil {
		return err
	}
	have, err := db.version(start, c)
	db.pool.put(c)
	if err != nil || have >= newest {
		return errors.Join(err, checkVersion(have, db.where()))
	}
	return db.migrateTables(ctx)
}

func (db *pgDB) migrateTables(ctx context.Context) error {
	raw, err := pgx.ConnectConfig(ctx, db.cfg)
	if err != nil {
		return err
	}
	c := &pgConn{raw: raw, texts: db.texts}
	defer c.close() // nothing is left to lose
	var encoding string
	if _, err := queryRow(ctx, c, sql("SELECT current_setting('server_encoding')"), &encoding); err != nil {
		return err
	}
	if encoding != "UTF8" {
		return cairn.Errorf(cairn.CodeInvalid,
			"The database %s stores text as %s; create one with the encoding UTF8, as in CREATE DATABASE cairn TEMPLATE template0 ENCODING 'UTF8'", db.where(), encoding)
	}
	// Nodes that start together take turns; the lock ends with the connection.
	if _, err := raw.Exec(ctx, "SELECT pg_advisory_lock($1)", int64(migrateLock)); err != nil {
		return err
	}
	std := stdsql.OpenDB(stdlib.GetConnector(*db.cfg))
	err = migrateUp(ctx, goose.DialectPostgres, std)
	return errors.Join(err, std.Close())
}

// version is the number of the newest migration that was run, 0 for none.
func (db *pgDB) version(ctx context.Context, c conn) (have int64, err error) {
	var tables int64
	_, err = queryRow(ctx, c, sql("SELECT count(*) FROM pg_class WHERE oid = to_regclass('goose_db_version')"), &tables)
	if err == nil && tables == 1 {
		_, err = queryRow(ctx, c, sql(sqlVersion), &have)
	}
	return have, err
}

// explain names the database and what to do about it.
func (db *pgDB) explain(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if own, ok := errors.AsType[*cairn.Error](err); ok {
		return own
	}
	if db.life != nil && db.life.Err() != nil {
		return errClosed
	}
	code, text := cairn.CodeInternal, "The database %s failed. The server's log has the details"
	switch e, ok := errors.AsType[*pgconn.PgError](err); {
	case !ok || strings.HasPrefix(e.Code, "08") || strings.HasPrefix(e.Code, "57P"):
		text = "The database %s cannot be reached. Nothing was changed; try again in a moment"
	case e.Code == "53100":
		code = cairn.CodeNoSpace
		text = "The disk of the database %s is full, so nothing was saved. Free some space; Cairn then goes on by itself"
	case e.Code == "25006":
		text = "The database %s is read-only, perhaps a standby, so nothing was saved. Give Cairn the address of the primary server"
	case e.Code == "53300":
		text = "The database %s has no connection left. Allow more there (max_connections), or fewer per node (pool_max_conns in the address)"
	case strings.HasPrefix(e.Code, "28"):
		text = "The database %s refused the user name or password. Check the address that Cairn was given"
	case e.Code == "3D000":
		text = "The database %s does not exist. Create it, or check the address that Cairn was given"
	case e.Code == "42501":
		text = "The database %s does not let Cairn's user do this. Make the user the owner of the database"
	case strings.HasPrefix(e.Code, "XX"):
		text = "The database %s is damaged. Look at its server's log, and restore a backup if need be"
	}
	return &cairn.Error{Code: code, Cause: err, Message: fmt.Sprintf(text, db.where())}
}
