/// The languages in which the program speaks to an operator.
enum Language: String, CaseIterable, Sendable {
  case english = "en"
  case portuguese = "pt"
  case french = "fr"

  /// By the variables of POSIX, in their order; English for any other language.
  init(environment: [String: String]) {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
    let locale = names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    self = Self(rawValue: String(locale.prefix(2)).lowercased()) ?? .english
  }
}
