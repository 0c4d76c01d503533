package main

import (
	"fmt"

	"hoso/adapters/natscluster"
	"hoso/domain"
)

// storeFlags say where the data of a command are. Without --nats and --eventstore all of it is in the data directory.
type storeFlags struct {
	Data       string `help:"Thư mục dữ liệu; mỗi lúc chỉ một tiến trình dùng." env:"HOSO_DATA" default:"${data}" type:"path" placeholder:"DIR"`
	NATS       string `name:"nats" help:"Máy chủ NATS bên ngoài, cách nhau bằng dấu phẩy; không nêu là máy chủ có sẵn trong chương trình." env:"HOSO_NATS" placeholder:"URL[,URL]"`
	EventStore string `name:"eventstore" help:"EventStoreDB/KurrentDB giữ sự kiện (esdb://tên:mật-khẩu@máy:2113,…); khóa dữ liệu cá nhân vẫn ở NATS." env:"HOSO_EVENTSTORE" placeholder:"URL"`
	natsFlags
	settingsFlags
}

// natsFlags say how outside NATS servers are used.
type natsFlags struct {
	Replicas        int    `help:"Số máy chủ NATS giữ mỗi sự kiện: 1, 3 hoặc 5." env:"HOSO_REPLICAS" default:"1" placeholder:"N"`
	NATSCreds       string `name:"nats-creds" help:"Tệp đăng nhập NATS: tệp .creds, hoặc một dòng tên:mật-khẩu." env:"HOSO_NATS_CREDS" type:"path" placeholder:"FILE"`
	NATSCA          string `name:"nats-ca" help:"Chứng thư gốc của máy chủ NATS (PEM)." env:"HOSO_NATS_CA" type:"path" placeholder:"FILE"`
	NATSCert        string `name:"nats-cert" help:"Chứng thư của máy này (PEM)." env:"HOSO_NATS_CERT" type:"path" placeholder:"FILE"`
	NATSKey         string `name:"nats-key" help:"Khóa của chứng thư đó (PEM)." env:"HOSO_NATS_KEY" type:"path" placeholder:"FILE"`
	NATSSystemCreds string `name:"nats-system-creds" help:"Tệp đăng nhập tài khoản hệ thống NATS, chỉ dùng để xem máy chủ có ghi xuống đĩa trước khi xác nhận." env:"HOSO_NATS_SYSTEM_CREDS" type:"path" placeholder:"FILE"`
	AcceptUnsafe    bool   `name:"accept-unsafe" help:"Vẫn chạy dù máy chủ NATS có thể làm mất dữ liệu đã xác nhận; cảnh báo mỗi lần khởi động." env:"HOSO_ACCEPT_UNSAFE"`
}

// alone is a data directory with everything in it.
func alone(dir string) storeFlags { return storeFlags{Data: dir, natsFlags: natsFlags{Replicas: 1}} }

// embedded tells whether the keys, and where nothing else is named the events, are in the data directory.
func (s storeFlags) embedded() bool { return s.NATS == "" }

// outside tells whether the events are on servers that somebody else runs.
func (s storeFlags) outside() bool { return s.NATS != "" || s.EventStore != "" }

// check finds flags that do not go together.
func (s storeFlags) check() error {
	if err := s.natsFlags.check(); err != nil {
		return err
	}
	if name := s.given(); s.embedded() && name != "" {
		return wrongFlag(name, "chỉ dùng được cùng với --nats")
	}
	return nil
}

func (f natsFlags) check() error {
	if f.Replicas < 1 || f.Replicas > 5 {
		return wrongFlag("replicas", "phải từ 1 đến 5, nên là 1, 3 hoặc 5")
	}
	return nil
}

// given returns the name of a flag that is of no use without outside NATS servers, "" where there is none.
func (f natsFlags) given() string {
	switch {
	case f.Replicas != 1:
		return "replicas"
	case f.NATSCreds != "":
		return "nats-creds"
	case f.NATSCA != "":
		return "nats-ca"
	case f.NATSCert != "":
		return "nats-cert"
	case f.NATSKey != "":
		return "nats-key"
	case f.NATSSystemCreds != "":
		return "nats-system-creds"
	}
	return ""
}

func (s storeFlags) servers(warn func(string)) natscluster.Options {
	return natscluster.Options{URLs: s.NATS, Creds: s.NATSCreds, System: s.NATSSystemCreds, CA: s.NATSCA, Cert: s.NATSCert, Key: s.NATSKey,
		Replicas: s.Replicas, Warn: warn}
}

// judge prints what is unsafe, and returns an error where an acknowledged event could be lost and nobody has taken
// that upon himself: the first such thing, which is then not printed by itself.
func (s storeFlags) judge(found []natscluster.Finding, warn func(string)) (refused error) {
	for _, f := range found {
		if f.Breaks && !s.AcceptUnsafe && refused == nil {
			refused = &domain.Error{Kind: domain.Unavailable, Code: f.Code, Msg: f.Msg + " (hoặc thêm --accept-unsafe nếu chấp nhận mất dữ liệu)"}
			continue
		}
		warn(fmt.Sprintf("%s [%s]", f.Msg, f.Code))
	}
	return refused
}
