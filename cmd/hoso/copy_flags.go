package main

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
	source, target = from.store(c.sourceFlags.login()), to.store(c.natsFlags)
	if c.FromNATS != "" {
		if from.eventStore == "" {
			return source, target, wrongFlag("from-nats", "chỉ dùng được khi nguồn là esdb://")
		}
		source.NATS, source.natsFlags = c.FromNATS, c.sourceFlags.login()
	}
	own := c.sourceFlags.login() != natsFlags{}
	switch name := c.natsFlags.given(); {
	case own && source.NATS == "":
		return source, target, wrongFlag("from-nats-…", "chỉ dùng được khi nguồn ở NATS")
	case name != "" && to.nats == "" && (own || source.NATS == ""):
		return source, target, wrongFlag(name, "chỉ dùng được khi nơi nhận ở NATS")
	case to.nats == "" && !own:
		source.natsFlags = c.natsFlags
	}
	source.Replicas, source.NATSSystemCreds, source.AcceptUnsafe = 1, "", true // it is only read
	if err := c.natsFlags.check(); err != nil {
		return source, target, err
	}
	return source, target, target.check()
}
