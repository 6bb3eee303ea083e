import APITypes
import Domain

/// What the guide advises (N3, N6) and what may be a slip, as warnings that an operator may overrule.
enum Advice {
  static func ofName(_ warning: NameWarning, _ name: String, in language: Language) -> Warning {
    let detail =
      switch (warning, language) {
      case (.noCategory, .en):
        "“\(name)” has no category; “Category-Attribute” sorts and recolours better."
      case (.noCategory, .fr):
        "« \(name) » n’a pas de catégorie ; « Catégorie-Attribut » se range et se colore mieux."
      case (.noCategory, .pt):
        "“\(name)” não tem categoria; “Categoria-Atributo” se organiza e se colore melhor."
      case (.tooGeneral, .en): "“\(name)” fits nearly everybody, so it tells little."
      case (.tooGeneral, .fr): "« \(name) » convient à presque tous, et dit donc peu."
      case (.tooGeneral, .pt): "“\(name)” serve para quase todos, e por isso diz pouco."
      }
    return Warning(code: "name.\(warning.rawValue)", detail: detail)
  }

  /// Of a fact about an order that the customer is not known to have placed.
  static func ofOrder(_ order: String, in language: Language) -> Warning {
    let name = shown(order)
    let detail =
      switch language {
      case .en:
        "No order “\(name)” of this customer is known yet; this is kept, and counts once the order is."
      case .fr:
        "Aucune commande « \(name) » de ce client n’est encore connue ; ceci est gardé, et comptera "
          + "quand elle le sera."
      case .pt:
        "Nenhum pedido “\(name)” deste cliente é conhecido ainda; isto fica guardado, e conta quando "
          + "ele for."
      }
    return Warning(code: "order.unknown", detail: detail)
  }

  /// Where a number of tags stands: 15 to 35 are ideal, over 50 are a risk.
  static func ofNumber(_ tags: Int, in language: Language) -> Warning {
    let (code, words): (String, (en: String, fr: String, pt: String)) =
      switch tags {
      case ..<15:
        (
          "tags.few",
          (
            "15 to 20 are good to start with", "15 à 20 sont bien pour commencer",
            "15 a 20 são um bom começo"
          )
        )
      case 15...35:
        ("tags.ideal", ("15 to 35 are ideal", "15 à 35 sont l’idéal", "15 a 35 são o ideal"))
      case 36...50:
        (
          "tags.many",
          (
            "15 to 35 are ideal; a clean-up brings them under 40",
            "15 à 35 sont l’idéal ; un nettoyage les ramène sous 40",
            "15 a 35 são o ideal; uma limpeza os traz para menos de 40"
          )
        )
      default:
        (
          "tags.risk",
          (
            "over 50 nobody keeps them apart: merge, archive or delete",
            "au-delà de 50 personne ne s’y retrouve : fusionnez, archivez ou supprimez",
            "acima de 50 ninguém as distingue: una, arquive ou exclua"
          )
        )
      }
    let detail =
      switch language {
      case .en: "\(tags) tags: \(words.en)."
      case .fr: "\(tags) étiquettes : \(words.fr)."
      case .pt: "\(tags) etiquetas: \(words.pt)."
      }
    return Warning(code: code, detail: detail)
  }

  /// Warns only of what has just become too many.
  static func ofNumber(_ tags: Int, grownFrom before: Int, in language: Language) -> [Warning] {
    tags > 35 && tags > before ? [ofNumber(tags, in: language)] : []
  }
}
