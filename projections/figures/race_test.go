//go:build race

package figures_test

import "flag"

// SQLite is Go code here, and every word that it reads is watched: twenty times slower, so fewer histories.
func init() {
	_ = flag.Set("rapid.checks", "15")
	killRounds = 1
}
