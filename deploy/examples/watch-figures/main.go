// Watch-figures prints a figure of hoso and every change of it, until it is stopped:
//
//	HOSO_NATS_PASSWORD=… go run ./deploy/examples/watch-figures nats://localhost:4222 calendar.2024-04.all.unemployment.claims
//
// A "*" stands for one part of the key, a ">" at the end for all that follow.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

func main() {
	nc, err := nats.Connect(os.Args[1], nats.UserInfo("figures", os.Getenv("HOSO_NATS_PASSWORD")))
	exit(err)
	js, err := jetstream.New(nc)
	exit(err)
	figures, err := js.KeyValue(context.Background(), "hoso-figures")
	exit(err)
	watch, err := figures.Watch(context.Background(), os.Args[2])
	exit(err)
	for change := range watch.Updates() {
		if change != nil { // nil: what stands there was told, what follows is new
			fmt.Println(change.Key(), string(change.Value()))
		}
	}
}

func exit(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
