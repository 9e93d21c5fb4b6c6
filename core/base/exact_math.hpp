// Functions of <cmath> that give the same bits with every compiler, library and machine: made of + - * / and
// bit patterns only, so tables and thresholds built from them can be part of a run's digest.
#pragma once

namespace core {

// Natural logarithm, to about 1e-15 relative. ln(0) is -infinity; of a negative number or NaN: NaN.
double ln(double x);

// e to the x, to about 1e-15 relative; infinity above 709.78, 0 below -745.
double exp(double x);

// The z below which a standard normal variable stays with probability p, to about 1e-15 relative.
// M. J. Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied Statistics 37
// (1988), routine PPND16. REQUIRES: 0 < p < 1.
double normal_quantile(double p);

}  // namespace core
