package demo

import (
	"sync/atomic"
	"time"
)

// Clock is the machine's clock, which can be set for as long as the sample's past
// is being written. The zero value shows the present.
type Clock struct{ set atomic.Pointer[time.Time] }

// Now is what the clock shows.
func (c *Clock) Now() time.Time {
	if t := c.set.Load(); t != nil {
		return *t
	}
	return time.Now()
}

// Set stops the clock at a moment.
func (c *Clock) Set(at time.Time) { c.set.Store(&at) }

// Release lets it show the present.
func (c *Clock) Release() { c.set.Store(nil) }
