// Command hoso keeps the case files of a provincial labour and social-affairs office: it records case actions, and
// every figure of the monthly report can be opened down to the actions behind it.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, &env{args: os.Args[1:], in: os.Stdin, out: os.Stdout, err: os.Stderr, clock: time.Now}))
}
