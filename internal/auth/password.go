package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"

	"cairn"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// The shape of a hash that is made.
const (
	hashThreads = 1
	hashSalt    = 16 // bytes
	hashLength  = 32 // bytes
)

// Cost is what one hash takes.
type Cost struct {
	Passes uint32
	Memory uint32 // KiB
}

// Recommended is the cost that OWASP's password storage cheat sheet recommends
// for argon2id; about 30 ms of one core.
func Recommended() Cost { return Cost{Passes: 2, Memory: 19 * 1024} }

// The largest costs that a stored hash may ask for, so that a hash from an
// archive cannot take the memory of the server.
const (
	maxPasses  = 16
	maxMemory  = 256 * 1024 // KiB
	maxThreads = 16
	maxLength  = 128 // bytes of salt or hash
)

// errHash reports a stored hash that is none of argon2id's.
var errHash = errors.New("the stored password hash is not a valid argon2id PHC string")

// Hasher hashes and verifies passwords with argon2id. Each hash takes 19 MiB at
// the recommended cost, so a Hasher bounds how many run at once. Make it with
// NewHasher; its methods are safe for concurrent use.
type Hasher struct {
	cost    Cost
	slots   chan struct{}
	waiting atomic.Int64
	queue   int64
}

// NewHasher returns a Hasher that works on so many passwords at once and lets at
// most queue callers wait for their turn. Hashes are made at the given cost, and
// verified at the cost they were made at.
func NewHasher(cost Cost, atOnce, queue int) *Hasher {
	return &Hasher{cost: cost, slots: make(chan struct{}, max(atOnce, 1)), queue: int64(queue)}
}

// Hash returns the PHC string of a password under a new salt. It waits for its
// turn; the error is the context's, or rate_limited when too many wait.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	p := h.params()
	_, _ = rand.Read(p.salt) // crypto/rand.Read never fails
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.leave()
	p.hash = p.derive(password, hashLength)
	return p.String(), nil
}

// Verify reports whether the password belongs to the stored PHC string. An empty
// string belongs to no password; it takes as long as a real one, so that the
// time of the answer does not tell which accounts exist.
func (h *Hasher) Verify(ctx context.Context, stored, password string) (match bool, err error) {
	p := h.params()
	p.hash = make([]byte, hashLength)
	if stored != "" {
		if p, err = parsePHC(stored); err != nil {
			return false, err
		}
	}
	if err := h.enter(ctx); err != nil {
		return false, err
	}
	defer h.leave()
	derived := p.derive(password, len(p.hash))
	same := subtle.ConstantTimeCompare(derived, p.hash) == 1
	return same && stored != "", nil
}

// params is what a hash is made with, its salt still empty.
func (h *Hasher) params() params {
	return params{memory: h.cost.Memory, passes: h.cost.Passes, threads: hashThreads, salt: make([]byte, hashSalt)}
}

func (h *Hasher) enter(ctx context.Context) error {
	select {
	case h.slots <- struct{}{}:
		return nil
	default:
	}
	if h.waiting.Add(1) > h.queue {
		h.waiting.Add(-1)
		return &cairn.Error{
			Code:    cairn.CodeRateLimited,
			Message: "Too many people are signing in at this moment; try again in a few seconds",
			Cause:   &TooMany{RetryAfter: busyRetry},
		}
	}
	defer h.waiting.Add(-1)
	select {
	case h.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (h *Hasher) leave() { <-h.slots }

// params is one hash with what made it.
type params struct {
	memory, passes uint32
	threads        uint8
	salt, hash     []byte
}

// derive normalises first: the same password typed on two systems may arrive
// composed or decomposed (RFC 8265, OpaqueString).
func (p params) derive(password string, length int) []byte {
	return argon2.IDKey(norm.NFC.Bytes([]byte(password)), p.salt, p.passes, p.memory, p.threads, uint32(length))
}

// String returns the PHC form: $argon2id$v=19$m=19456,t=2,p=1$salt$hash.
func (p params) String() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.memory, p.passes, p.threads,
		base64.RawStdEncoding.EncodeToString(p.salt), base64.RawStdEncoding.EncodeToString(p.hash))
}

func parsePHC(s string) (params, error) {
	var p params
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return p, errHash
	}
	cost := parts[3]
	n, err := fmt.Sscanf(cost, "m=%d,t=%d,p=%d", &p.memory, &p.passes, &p.threads)
	if err != nil || n != 3 || cost != fmt.Sprintf("m=%d,t=%d,p=%d", p.memory, p.passes, p.threads) {
		return p, errHash
	}
	if p.salt, err = base64.RawStdEncoding.Strict().DecodeString(parts[4]); err != nil {
		return p, errHash
	}
	if p.hash, err = base64.RawStdEncoding.Strict().DecodeString(parts[5]); err != nil {
		return p, errHash
	}
	inBounds := p.passes >= 1 && p.passes <= maxPasses && p.memory >= 8*uint32(p.threads) && p.memory <= maxMemory &&
		p.threads >= 1 && p.threads <= maxThreads &&
		len(p.salt) >= 8 && len(p.salt) <= maxLength && len(p.hash) >= 16 && len(p.hash) <= maxLength
	if !inBounds {
		return p, errHash
	}
	return p, nil
}
