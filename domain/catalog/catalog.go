// Package catalog lists the case types of the service. A new one is a folder of domain and a line here; a test finds
// a folder that was forgotten.
package catalog

import (
	"hoso/domain"
	"hoso/domain/account"
	"hoso/domain/convalescence"
	"hoso/domain/convalescent"
	"hoso/domain/counselling"
	"hoso/domain/course"
	"hoso/domain/gift"
	"hoso/domain/job"
	"hoso/domain/jobseeker"
	"hoso/domain/jointtraining"
	"hoso/domain/law"
	"hoso/domain/merit"
	"hoso/domain/period"
	"hoso/domain/person"
	"hoso/domain/poverty"
	"hoso/domain/register"
	"hoso/domain/rehab"
	"hoso/domain/relief"
	"hoso/domain/remains"
	"hoso/domain/screening"
	"hoso/domain/seal"
	"hoso/domain/session"
	"hoso/domain/statement"
	"hoso/domain/target"
	"hoso/domain/trip"
	"hoso/domain/unemployment"
)

// All returns every case type, with the law as it is shipped.
func All() *domain.Catalog { return Under(law.Shipped()) }

// Under returns every case type, with the law of an office's own files.
func Under(l *law.Law) *domain.Catalog {
	types := []domain.CaseType{
		person.Type(),
		session.Type(),
		counselling.Type(),
		jobseeker.Type(),
		job.Type(),
		unemployment.Type(l),
		jointtraining.Type(),
		course.Type(),
		merit.Type(l),
		trip.Type(),
		gift.Type(l),
		convalescence.Type(l),
		convalescent.Type(l),
		remains.Type(l),
		relief.Type(l),
		poverty.Type(l),
		screening.Type(),
		rehab.Type(l),
		statement.Type(),
		register.Type(),
		period.Type(),
		seal.Type(),
		account.Type(),
	}
	return domain.NewCatalog(append(types, target.Type(types...))...)
}
