package main

import (
	"context"
	"fmt"
	"time"

	"cairn/internal/app"
	"cairn/internal/mail"
)

type mailCmd struct {
	Test mailTestCmd `cmd:"" help:"Send one e-mail and print what the mail server says."`
}

type mailTestCmd struct {
	To   string `arg:"" help:"Whom to send it to."`
	SMTP string `name:"smtp" required:"" help:"Mail server: smtp://user:password@host:587?from=cairn@example.com." env:"CAIRN_SMTP" placeholder:"URL"`
}

// Run sends a test e-mail.
func (c *mailTestCmd) Run(ctx context.Context, std streams) error {
	sender, err := mail.Parse(c.SMTP)
	if err != nil {
		return &exitError{exitUsage, "--smtp: " + err.Error()}
	}
	const text = "This e-mail was sent to test the mail server that Cairn uses."
	if err := sender.Send(ctx, app.Mail{
		ID: fmt.Sprintf("test.%d@cairn.invalid", time.Now().UnixMicro()), To: c.To, At: time.Now(),
		Subject: "E-mail from Cairn works", Text: text + "\n", HTML: "<p>" + text + "</p>",
	}); err != nil {
		return fmt.Errorf("the mail server did not take the e-mail: %w", err)
	}
	fmt.Fprintln(std.out, "The mail server took the e-mail to", c.To)
	return nil
}
