// Package catalog lists the case types of the service. A new one is a folder of domain and a line here; a test finds
// a folder that was forgotten.
package catalog

import (
	"hoso/domain"
	"hoso/domain/merit"
	"hoso/domain/person"
	"hoso/domain/rehab"
	"hoso/domain/remains"
	"hoso/domain/statement"
	"hoso/domain/unemployment"
)

// All returns every case type.
func All() *domain.Catalog {
	return domain.NewCatalog(
		person.Type(),
		unemployment.Type(),
		merit.Type(),
		remains.Type(),
		rehab.Type(),
		statement.Type(),
	)
}
