// What is asked before something is done that cannot be taken back with one command.
extension Words {
  func asksDelete(_ name: String, _ count: Int) -> String {
    say(
      en: "Delete \(quoted(name))? \(customers(count)) will lose it; its id is never used again.",
      pt:
        "Excluir \(quoted(name))? Será perdida por \(customers(count)); o id não volta a ser usado.",
      fr:
        "Supprimer \(quoted(name)) ? Perdue pour \(customers(count)) ; son id ne resservira pas."
    )
  }

  func asksMerge(_ source: String, into target: String, _ figures: String) -> String {
    say(
      en: "Merge \(quoted(source)) into \(quoted(target))? \(figures).",
      pt: "Unir \(quoted(source)) a \(quoted(target))? \(figures).",
      fr: "Fusionner \(quoted(source)) dans \(quoted(target)) ? \(figures).")
  }

  var yesOrNo: String { say(en: "[y/N]", pt: "[s/N]", fr: "[o/N]") }

  /// Yes in any of the three languages: who types `y` out of habit means it.
  func isYes(_ answer: String) -> Bool {
    ["y", "yes", "s", "sim", "o", "oui"].contains(answer.trimmed.lowercased())
  }

  var notDone: String {
    say(en: "Nothing has been changed.", pt: "Nada foi alterado.", fr: "Rien n’a été modifié.")
  }

  var needsYes: String {
    say(
      en:
        "There is no terminal to ask on. Add --yes to do it, or --dry-run to see what it would do.",
      pt:
        "Não há terminal para perguntar. Use --yes para fazer, ou --dry-run para ver o que faria.",
      fr:
        "Aucun terminal pour demander. Ajoutez --yes pour le faire, ou --dry-run pour voir l’effet."
    )
  }
}
