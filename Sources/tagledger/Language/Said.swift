import ArgumentParser
import FoundationEssentials

/// A text of the help, in the language of whoever reads it.
func said(en: String, pt: String, fr: String) -> String {
  Words.ofHelp.say(en: en, pt: pt, fr: fr)
}

extension ArgumentHelp {
  /// What an argument, an option or a flag means, in the language of whoever reads it.
  ///
  /// - Parameter valueName: what stands in the place of the value; the name of the option unless given.
  static func said(en: String, pt: String, fr: String, valueName: String? = nil) -> ArgumentHelp {
    ArgumentHelp(Words.ofHelp.say(en: en, pt: pt, fr: fr), valueName: valueName)
  }
}

extension Words {
  /// What the help is written in. It is made before any command is read, so that only what the program
  /// was started with can tell.
  static let ofHelp = Words(language: Language(environment: ProcessInfo.processInfo.environment))
}
