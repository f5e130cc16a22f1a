// Package outward connects to addresses that people gave. Such an address may be
// hostile: unless the operator allowed more, nothing that is not on the public
// internet is ever connected to, whatever a name resolves to.
//
// Start at Rule.
package outward

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"syscall"
	"time"
)

// ErrRefused marks an address that is not on the public internet.
var ErrRefused = errors.New("the address is not on the public internet")

// Rule says which addresses may be connected to: those of the public internet,
// and those of the networks in it.
type Rule struct{ networks []netip.Prefix }

// ParseRule reads networks and single addresses, separated by commas:
// 10.0.0.0/8,192.168.1.7. An empty text allows the public internet only.
func ParseRule(text string) (Rule, error) {
	var r Rule
	for _, s := range strings.Split(text, ",") {
		s = strings.TrimSpace(s)
		if s == "" {
			continue
		}
		p, err := netip.ParsePrefix(s)
		if err != nil {
			at, single := netip.ParseAddr(s)
			if single != nil {
				return r, fmt.Errorf("%q is neither a network such as 10.0.0.0/8 nor an address such as 192.168.1.7", s)
			}
			p = netip.PrefixFrom(at, at.BitLen())
		}
		r.networks = append(r.networks, p.Masked())
	}
	return r, nil
}

// Named reports whether the operator allowed the address by name of its network.
func (r Rule) Named(a netip.Addr) bool {
	for _, p := range r.networks {
		if p.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}

// Allows reports whether the address may be connected to.
func (r Rule) Allows(a netip.Addr) bool { return r.Named(a) || Public(a.Unmap()) }

// Dialer connects where allowed holds for the resolved address. It is asked just
// before connecting: a name that resolves otherwise a moment later does not help.
func Dialer(timeout time.Duration, allowed func(netip.Addr) bool) *net.Dialer {
	return &net.Dialer{
		Timeout: timeout,
		ControlContext: func(_ context.Context, network, address string, _ syscall.RawConn) error {
			at, err := netip.ParseAddrPort(address)
			if err != nil || (network != "tcp4" && network != "tcp6") || !allowed(at.Addr().Unmap()) {
				return ErrRefused
			}
			return nil
		},
	}
}

// Public reports whether an address is one of the public internet.
func Public(a netip.Addr) bool {
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() || a.Zone() != "" {
		return false
	}
	for _, p := range reserved() {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// reserved are ranges that look public and are not: shared, documentation,
// benchmarks, translation (which may lead to a private IPv4 address), tunnels.
func reserved() []netip.Prefix {
	var out []netip.Prefix
	for _, s := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
		"203.0.113.0/24", "240.0.0.0/4", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fec0::/10",
	} {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}
