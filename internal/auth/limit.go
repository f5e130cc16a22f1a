package auth

import (
	"fmt"
	"math"
	"net/netip"
	"sync"
	"time"

	"cairn"

	"golang.org/x/time/rate"
)

// busyRetry is when to try again while too many passwords are being hashed.
const busyRetry = 5 * time.Second

// TooMany is the cause of a rate_limited error; it says when to try again.
type TooMany struct {
	// RetryAfter is how long to wait, a whole number of seconds.
	RetryAfter time.Duration
}

// Error says when to try again.
func (e *TooMany) Error() string { return "try again in " + e.RetryAfter.String() }

// Limiter bounds how often each key may do something: some at once, then one
// every so often. It remembers a bounded number of keys. Make it with
// NewLimiter; its methods are safe for concurrent use.
type Limiter struct {
	every time.Duration
	burst int
	now   func() time.Time

	mu   sync.Mutex
	keys *LRU[string, *rate.Limiter]
}

// Limits is what NewLimiter needs.
type Limits struct {
	// Burst is how many are free at once.
	Burst int
	// Every is how long it takes until one more is free.
	Every time.Duration
	// Keys is how many keys are remembered.
	Keys int
	// Now is the clock.
	Now func() time.Time
}

// NewLimiter returns a Limiter that has seen nobody.
func NewLimiter(l Limits) *Limiter {
	return &Limiter{every: l.Every, burst: l.Burst, now: l.Now, keys: NewLRU[string, *rate.Limiter](l.Keys)}
}

// Take counts one attempt of a key. The error is rate_limited and says when to
// try again; what names the attempts, as in "attempts to sign in".
func (l *Limiter) Take(key, what string) error {
	now := l.now()
	l.mu.Lock()
	defer l.mu.Unlock()
	bucket, ok := l.keys.Get(key)
	if !ok {
		bucket = rate.NewLimiter(rate.Every(l.every), l.burst)
		l.keys.Put(key, bucket)
	}
	r := bucket.ReserveN(now, 1)
	wait := r.DelayFrom(now)
	if wait <= 0 {
		return nil
	}
	r.CancelAt(now) // a refused attempt does not push the next one further away
	seconds := math.Ceil(wait.Seconds())
	return &cairn.Error{
		Code:    cairn.CodeRateLimited,
		Message: fmt.Sprintf("There were too many %s; try again in %s", what, inWords(int(seconds))),
		Cause:   &TooMany{RetryAfter: time.Duration(seconds) * time.Second},
	}
}

// Forget lets a key begin anew, after it proved to be who it says.
func (l *Limiter) Forget(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.keys.Delete(key)
}

func inWords(seconds int) string {
	switch {
	case seconds == 1:
		return "1 second"
	case seconds < 120:
		return fmt.Sprintf("%d seconds", seconds)
	}
	return fmt.Sprintf("%d minutes", (seconds+59)/60)
}

// AddressKey is the key under which a network address is limited: the address
// itself, or the /64 network of an IPv6 address, of which one person has many.
// It takes host:port and a plain host; what is no address stays as it is.
func AddressKey(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		both, err := netip.ParseAddrPort(address)
		if err != nil {
			return address
		}
		ip = both.Addr()
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is4() {
		return ip.String()
	}
	network, err := ip.Prefix(64)
	if err != nil {
		return ip.String()
	}
	return network.String()
}
