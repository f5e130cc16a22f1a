package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"cairn/internal/api"
	"cairn/internal/app"
	"cairn/internal/mail"
	"cairn/internal/outward"
	"cairn/internal/store/sqlstore"
	"cairn/internal/webhook"
	"cairn/web"
)

type serveCmd struct {
	Addr       string `help:"Address to listen on; port 0 picks a free one." default:"127.0.0.1:8080" env:"CAIRN_ADDR" placeholder:"HOST:PORT"`
	URL        string `name:"url" help:"Address that people reach it at, for links; default is the listening address." env:"CAIRN_URL" placeholder:"URL"`
	SMTP       string `name:"smtp" help:"Mail server for notices: smtp://user:password@host:587?from=cairn@example.com; without it, no e-mail is sent." env:"CAIRN_SMTP" placeholder:"URL"`
	IMAP       string `name:"imap" help:"Mailbox that is read for feedback and for answers to notices: imaps://user:password@host:993/INBOX?project=INS&address=ideas@example.com." env:"CAIRN_IMAP" placeholder:"URL"`
	HooksAllow string `name:"hooks-allow" help:"Networks beside the internet that webhooks may be sent to: 10.0.0.0/8,192.168.1.7." env:"CAIRN_HOOKS_ALLOW" placeholder:"NETWORKS"`
	Demo       bool   `help:"Open a complete sample product." env:"CAIRN_DEMO"`
}

const shutdownWait = 15 * time.Second

// Run serves until the context ends, then finishes what was accepted.
func (c *serveCmd) Run(ctx context.Context, g *globals, std streams) error {
	collect := debug.SetGCPercent(startPercent)
	logger := g.logger(std.err)
	if g.DB == "" {
		lock, err := sqlstore.LockServer(g.Data)
		if err != nil {
			return err
		}
		defer lock.Close() // the process ends
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w. Another program may use it; choose another with --addr", c.Addr, err)
	}
	if err := g.probeFiles(ctx, logger); err != nil {
		listener.Close() // the first error counts
		return err
	}
	handler := api.New(api.Options{Logger: logger, Version: version, Web: web.Handler()})
	open := g.openServed
	if c.Demo {
		open = g.openDemo
	}
	a, closeApp, err := open(ctx, logger)
	if err != nil {
		listener.Close() // the first error counts
		return err
	}
	defer closeApp()
	if err := c.post(a, c.base(listener.Addr())); err != nil {
		return err
	}
	handler.Attach(a)
	draining := &drain{Handler: handler}
	server := &http.Server{
		Handler: draining, ConnState: draining.count, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	if err := c.announce(ctx, a, listener.Addr(), std); err != nil {
		logger.Error("start", "err", err)
	}
	go settle(collect, handler.Built(), a.Preload())
	a.Hear()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	logger.Info("stopping")
	wait, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownWait)
	defer cancel()
	handler.Close() // live streams come back to whoever serves then
	draining.empty(wait, listener)
	if err := server.Shutdown(wait); err != nil && !errors.Is(err, http.ErrServerClosed) {
		logger.Warn("some requests did not finish in time", "err", err)
	}
	return nil
}

// post begins to send e-mail and webhooks and to take e-mail in.
func (c *serveCmd) post(a *app.App, base string) error {
	rule, err := outward.ParseRule(c.HooksAllow)
	if err != nil {
		return &exitError{exitUsage, "--hooks-allow: " + err.Error()}
	}
	by := app.Postal{Base: base, Hooks: webhook.New(rule)}
	if c.SMTP != "" {
		sender, err := mail.Parse(c.SMTP)
		if err != nil {
			return &exitError{exitUsage, "--smtp: " + err.Error()}
		}
		by.Mailer = sender
	}
	if c.IMAP != "" {
		box, intake, err := mail.ParseBox(c.IMAP)
		if err != nil {
			return &exitError{exitUsage, "--imap: " + err.Error()}
		}
		by.Box, by.Intake = box, intake
	}
	a.Post(by)
	return nil
}

// startPercent is how far the heap may grow before garbage is collected during a
// start: what it leaves lying fits into little, and collecting it costs a fifth of
// the time to the first answer.
const startPercent = 400

// firstRounds is how long after a start all that runs now and then has run once;
// each such thing runs through pages that later rounds do not need.
const firstRounds = 3 * time.Second

// settle collects garbage as usual once the API is built, and gives back to the
// system what only the start needed once the data are loaded, too: the garbage
// collector would keep the heap's part for minutes, and the system the program's
// own pages until somebody needs the space.
func settle(collect int, built, loaded <-chan struct{}) {
	<-built
	debug.SetGCPercent(collect)
	<-loaded
	debug.FreeOSMemory()
	releaseImage()
	time.Sleep(firstRounds)
	releaseImage()
}

// base is the address that people reach Cairn at.
func (c *serveCmd) base(addr net.Addr) string {
	if c.URL == "" {
		return "http://" + addr.String()
	}
	return strings.TrimSuffix(c.URL, "/")
}

// announce says where Cairn is and how to get in.
func (c *serveCmd) announce(ctx context.Context, a *app.App, addr net.Addr, std streams) error {
	base := c.base(addr)
	fmt.Fprintf(std.out, "Cairn is at %s\n", base)
	if c.Demo {
		return loadDemo(ctx, a, std)
	}
	if secret, ok := a.SetupSecret(); ok {
		fmt.Fprintf(std.out, "Set up: %s/setup#token=%s\n", base, secret)
		fmt.Fprintln(std.out, "The link creates the administrator and works once.")
	}
	return nil
}
