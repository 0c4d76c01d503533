package main

import (
	"context"

	"hoso/adapters/natskeys"
	"hoso/domain"
)

// sourceFlags say how a source on NATS is reached. Of two clusters, each gets its own login and never the other's.
type sourceFlags struct {
	FromNATS      string `name:"from-nats" help:"Khi nguồn là esdb:// mà khóa ở NATS: các máy chủ NATS ấy." env:"HOSO_FROM_NATS" placeholder:"URL[,URL]"`
	FromNATSCreds string `name:"from-nats-creds" help:"Như --nats-creds, cho nguồn. Các tùy chọn --nats-… là của nơi nhận; chỉ nguồn ở NATS thì chúng là của nguồn." env:"HOSO_FROM_NATS_CREDS" type:"path" placeholder:"FILE"`
	FromNATSCA    string `name:"from-nats-ca" help:"Như --nats-ca, cho nguồn." env:"HOSO_FROM_NATS_CA" type:"path" placeholder:"FILE"`
	FromNATSCert  string `name:"from-nats-cert" help:"Như --nats-cert, cho nguồn." env:"HOSO_FROM_NATS_CERT" type:"path" placeholder:"FILE"`
	FromNATSKey   string `name:"from-nats-key" help:"Như --nats-key, cho nguồn." env:"HOSO_FROM_NATS_KEY" type:"path" placeholder:"FILE"`
}

func (f sourceFlags) login() natsFlags {
	return natsFlags{NATSCreds: f.FromNATSCreds, NATSCA: f.FromNATSCA, NATSCert: f.FromNATSCert, NATSKey: f.FromNATSKey}
}

// sides returns the flags that lead to the source and to the target. Flags that go with neither are an error.
func (c copyCommand) sides(from, to place) (source, target storeFlags, err error) {
	source, target = from.store(c.login()), to.store(c.natsFlags)
	if c.FromNATS != "" {
		if from.eventStore == "" {
			return source, target, wrongFlag("from-nats", "chỉ dùng được khi nguồn là esdb://")
		}
		source.NATS, source.natsFlags = c.FromNATS, c.login()
	}
	own := c.login() != natsFlags{}
	switch name := c.given(); {
	case own && source.NATS == "":
		return source, target, wrongFlag("from-nats-…", "chỉ dùng được khi nguồn ở NATS")
	case name != "" && to.nats == "" && (own || source.NATS == ""):
		return source, target, wrongFlag(name, "chỉ dùng được khi nơi nhận ở NATS")
	case to.nats == "" && !own:
		source.natsFlags = c.natsFlags
	}
	source.Replicas, source.NATSSystemCreds, source.AcceptUnsafe = 1, "", true // it is only read
	if err := c.check(); err != nil {
		return source, target, err
	}
	return source, target, target.check()
}

// openSource opens the log from which a copy is made, and the NATS beside it where there is one. It opens neither keys nor
// views, and makes nothing.
func (e *env) openSource(ctx context.Context, s storeFlags) (*app, error) {
	open := func(a *app) error {
		if _, err := a.wireLog(ctx, s, true); err != nil {
			return err
		}
		return a.refuseUnfinished(ctx)
	}
	if s.outside() {
		return e.openServers(func(a *app) error {
			if s.NATS != "" {
				if err := a.connectToRead(ctx, s); err != nil {
					return err
				}
			}
			return open(a)
		})
	}
	if err := refuseRestoring(s.Data); err != nil {
		return nil, err
	}
	known, err := readTies(s.Data)
	if err != nil {
		return nil, err
	}
	if !known.none() && !known.hasAt("") {
		return nil, known.refuse(s.Data, tie{})
	}
	return e.openData(s.Data, true, func(a *app) error {
		if err := a.embed(ctx, true); err != nil {
			return err
		}
		if err := open(a); err != nil {
			return err
		}
		if !known.none() && !known.has(a.tie) {
			return known.refuse(s.Data, a.tie)
		}
		return nil
	})
}

// openTarget opens the log into which a copy is made. keys are those that are to come beside it, nil for none: where they
// are not of the same office as what is there, nothing is made.
func (e *env) openTarget(ctx context.Context, s storeFlags, from, keys *app) (*app, error) {
	open := func(a *app, mustExist bool) error {
		if keys != nil && a.nats != nil {
			if err := natskeys.CheckCopy(ctx, keys.nats, a.nats); err != nil {
				return err
			}
		}
		_, err := a.wireLog(ctx, s, mustExist)
		return err
	}
	if s.outside() {
		return e.openServers(func(a *app) error {
			if s.NATS != "" {
				if err := a.connect(ctx, s, false, natskeys.Options{Replicas: s.Replicas, AcceptUnsafe: s.AcceptUnsafe}); err != nil {
					return err
				}
			}
			return open(a, false)
		})
	}
	if err := refuseRestoring(s.Data); err != nil {
		return nil, err
	}
	known, err := readTies(s.Data)
	if err != nil {
		return nil, err
	}
	home := known.has(from.tie) // what moved away comes back
	if !known.none() && !home && !known.hasAt("") {
		return nil, known.refuse(s.Data, tie{})
	}
	return e.openData(s.Data, false, func(a *app) error {
		if err := a.embed(ctx, false); err != nil {
			return err
		}
		if err := open(a, known.hasAt("")); err != nil {
			return err
		}
		if !known.none() && !home && !known.has(a.tie) {
			return known.refuse(s.Data, a.tie)
		}
		return nil
	})
}

// refuseUnfinished refuses a log that is only a part of what is copied into it, as far as anybody knows.
func (a *app) refuseUnfinished(ctx context.Context) error {
	if a.nats == nil {
		return nil
	}
	name, err := natskeys.Copying(ctx, a.nats)
	if err == nil && name == a.tie.Name {
		err = unfinished
	}
	return err
}

var unfinished = &domain.Error{Kind: domain.Unavailable, Code: "copy.unfinished",
	Msg: "việc chép vào nhật ký này chưa xong hoặc chưa kiểm lại; hãy chạy lại lệnh hoso copy ấy cho đến khi nó báo giống hệt nguồn"}
