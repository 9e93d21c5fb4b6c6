#include "core/base/exact_math.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "core/base/check.hpp"

namespace core {
namespace {

// ln 2 in two parts; the first has 21 zero bits at its end, so that a small integer times it is exact.
constexpr double kLn2High = 0x1.62e42fee00000p-1, kLn2Low = 0x1.a39ef35793c76p-33;
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr int kBias = 1023;

// 2 to the k. REQUIRES: -1022 <= k <= 1023.
double power_of_two(int k) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(k + kBias) << 52);
}

// factors[0] + factors[1] x + factors[2] x^2 + ... by Horner's rule.
double polynomial(const std::array<double, 8>& factors, double x) {
  double sum = 0;
  for (std::size_t i = factors.size(); i-- > 0;) sum = sum * x + factors[i];
  return sum;
}

// AS 241's coefficients: numerator and denominator for the middle, the tails and the far tails.
struct Ratio {
  std::array<double, 8> above, below;
  [[nodiscard]] double at(double x) const { return polynomial(above, x) / polynomial(below, x); }
};
constexpr Ratio kMiddle{
    {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
     4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3},
    {1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
     3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3}};
constexpr Ratio kTail{
    {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
     1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4},
    {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
     1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9}};
constexpr Ratio kFarTail{
    {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
     2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7},
    {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4,
     1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15}};

}  // namespace

// x = m 2^k with m near 1, then ln m = 2 artanh s = 2 (s + s^3/3 + s^5/5 + ...) with s = (m-1)/(m+1).
double ln(double x) {
  if (x == 0) return -kInfinity;
  if (!(x > 0)) return std::numeric_limits<double>::quiet_NaN();
  if (x == kInfinity) return x;
  if (x < std::numeric_limits<double>::min()) return ln(x * 0x1p64) - 64 * (kLn2High + kLn2Low);
  const auto bits = std::bit_cast<std::uint64_t>(x);
  int k = static_cast<int>(bits >> 52) - kBias;
  double m = x * power_of_two(-(k / 2)) * power_of_two(-(k - k / 2));
  if (m > 1.4142135623730951) m /= 2, ++k;
  const double s = (m - 1) / (m + 1), square = s * s;
  double sum = 0;
  for (int odd = 23; odd >= 3; odd -= 2) sum = (sum + 1.0 / odd) * square;
  return k * kLn2High + (2 * s + (2 * s * sum + k * kLn2Low));
}

// x = k ln 2 + r with |r| <= ln(2)/2, then Taylor's series for e^r, scaled in two steps that cannot overflow early.
double exp(double x) {
  if (x != x) return x;
  if (x > 709.782712893384) return kInfinity;
  if (x < -745.2) return 0;
  const int k = static_cast<int>(x / (kLn2High + kLn2Low) + (x < 0 ? -0.5 : 0.5));
  const double r = (x - k * kLn2High) - k * kLn2Low;
  double sum = 0;
  for (int n = 14; n >= 2; --n) sum = (sum + 1) * r / n;
  return (1 + (r + r * sum)) * power_of_two(k / 2) * power_of_two(k - k / 2);
}

double normal_quantile(double p) {
  check(p > 0 && p < 1, "a probability strictly between 0 and 1");
  const double q = p - 0.5;
  if (q <= 0.425 && q >= -0.425) return q * kMiddle.at(0.180625 - q * q);
  const double r = std::sqrt(-ln(q < 0 ? p : 1 - p));
  const double z = r <= 5 ? kTail.at(r - 1.6) : kFarTail.at(r - 5);
  return q < 0 ? -z : z;
}

}  // namespace core
