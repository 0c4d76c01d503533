package httpapi_test

import "hoso/domain/right"

// everywhere may do everything.
func everywhere(account string) right.Caller { return right.Caller{Account: account} }
