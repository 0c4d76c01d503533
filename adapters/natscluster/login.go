package natscluster

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io/fs"
	"os"
	"runtime"
	"strings"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nkeys"

	"hoso/domain"
)

// login reads the files that say who we are and whom we trust. All of them are read before any server is asked. secret
// tells that the login is of use to whoever hears it.
func (o Options) login(creds string) (options []nats.Option, secret bool, err error) {
	if creds != "" {
		var who nats.Option
		if who, secret, err = readCreds(creds); err != nil {
			return nil, false, err
		}
		options = append(options, who)
	}
	trust, err := o.trust()
	return append(options, trust...), secret, err
}

// trust reads the certificates.
func (o Options) trust() (options []nats.Option, err error) {
	if o.CA != "" {
		text, err := os.ReadFile(o.CA)
		if err != nil {
			return nil, badFile("nats.ca_unreadable", "không đọc được tệp chứng thư gốc "+o.CA+" (--nats-ca)", err)
		}
		if !x509.NewCertPool().AppendCertsFromPEM(text) {
			return nil, badFile("nats.ca_unreadable", "tệp "+o.CA+" (--nats-ca) không có chứng thư nào ở dạng PEM", nil)
		}
		options = append(options, nats.RootCAs(o.CA))
	}
	if (o.Cert == "") != (o.Key == "") {
		return nil, badFile("nats.cert_unreadable", "--nats-cert và --nats-key phải đi cùng nhau", nil)
	}
	if o.Cert != "" {
		if err := private(o.Key, "nats.key_exposed"); err != nil {
			return nil, err
		}
		if _, err := tls.LoadX509KeyPair(o.Cert, o.Key); err != nil {
			return nil, badFile("nats.cert_unreadable", "không dùng được chứng thư "+o.Cert+" với khóa "+o.Key, withoutContent(err))
		}
		options = append(options, nats.ClientCert(o.Cert, o.Key))
	}
	return options, nil
}

// readCreds reads a login. It is read again at every reconnection only where it is a creds file of nsc, so that it can
// be renewed.
func readCreds(path string) (who nats.Option, secret bool, err error) {
	if err := private(path, "nats.creds_exposed"); err != nil {
		return nil, false, err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, false, badFile("nats.creds_unreadable", "không đọc được tệp đăng nhập NATS "+path, err)
	}
	if bytes.Contains(text, []byte("BEGIN NATS USER JWT")) {
		pair, err := nkeys.ParseDecoratedUserNKey(text)
		if err != nil {
			return nil, false, badFile("nats.creds_malformed", "tệp đăng nhập NATS "+path+" không có khóa người dùng; hãy xuất lại bằng nsc", nil)
		}
		pair.Wipe()
		return nats.UserCredentials(path), isBearer(text), nil
	}
	name, password, ok := strings.Cut(strings.TrimSpace(string(text)), ":")
	if !ok || name == "" || strings.ContainsAny(password, "\r\n") {
		return nil, false, badFile("nats.creds_malformed", "tệp đăng nhập NATS "+path+" phải là tệp .creds, hoặc một dòng tên:mật-khẩu", nil)
	}
	return nats.UserInfo(name, password), true, nil
}

// isBearer tells a user whom servers believe without a signature. What cannot be read counts as one.
func isBearer(creds []byte) bool {
	token, err := nkeys.ParseDecoratedJWT(creds)
	if err != nil {
		return true
	}
	claims, err := jwt.DecodeUserClaims(token)
	return err != nil || claims.BearerToken
}

// private refuses a file of secrets that is not there or that others may read.
func private(path, exposed string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return badFile("nats.file_missing", "không có tệp "+path+"; hãy kiểm tra đường dẫn", nil)
	case err != nil:
		return badFile("nats.creds_unreadable", "không đọc được tệp "+path, err)
	case info.IsDir():
		return badFile("nats.creds_unreadable", path+" là thư mục, không phải tệp", nil)
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return badFile(exposed, "người khác đọc được tệp bí mật "+path+"; hãy đặt quyền 0600", nil)
	}
	return nil
}

// withoutContent keeps of an error about a file what kind of error it is.
func withoutContent(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

func badFile(code, msg string, cause error) error {
	return &domain.Error{Kind: domain.Usage, Code: code, Msg: msg, Err: cause}
}
