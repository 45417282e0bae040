"""The language of a text: prose of many languages, short texts, tables, and what a document says of itself."""

from __future__ import annotations

import pytest

from dragoman.errors import InputError
from dragoman.read.language import COLUMNS, guess_other_language, keep_english, other_language
from dragoman.records import Document, Skipped
from dragoman.tables import read_table

ENGLISH = [
    "The foreign minister of Peru said on Monday that his government would recall its ambassador from Quito after "
    "soldiers crossed the border near Tumbes.",
    "Talks between Oslo and Lima broke down late on Friday. Officials blamed one another; neither side gave details, "
    "and no date was set for a further meeting.",
    "LIMA (Andes Wire) - Police arrested ten protesters outside parliament. Two were injured. Rallies also took place "
    "in Arequipa, Cusco and Trujillo, witnesses said.",
    '"No pasarán," shouted members of the Frente Amplio de la Patria and the Unión del Pueblo as they marched to the '
    "Plaza de Armas in Lima, where the president of the Corte Suprema de Justicia was speaking.",
    "Bundeskanzler Scholz met President Macron at the Élysée. The Frankfurter Allgemeine Zeitung and Le Monde "
    "reported that the two discussed sanctions against Minsk.",
    # Possessives, initials and capitals are no words of another language.
    "U.S. Secretary Ann Roe visits Peru's capital Lima, Ecuador's Quito, Bolivia's La Paz during a U.S. trade tour, "
    "May 3, 2019.",
    "Lima's forces freed six UN drivers held captive near UN stores since Monday, a UN spokesman said, adding UN food "
    "convoys would resume.",
    "Peru's envoy to Quito is to return to Lima to attend talks; S. Roe goes to Bogota, K. Doe to La Paz, "
    "A. Poe to Cusco.",
    "LIMA RECALLS ENVOY FROM QUITO AFTER THE SHELLING OF A TOWN ON THE BORDER, AND THE ARMY IS ON ALERT IN THE NORTH, "
    "THE MINISTER SAID.",
    "Rebels shelled Tumbes overnight. Army units returned fire. Peru's defence ministry confirmed four deaths; local "
    "media put casualties higher.",
]
OTHERS = {
    "German": "Der Außenminister von Peru sagte am Montag, dass seine Regierung den Botschafter aus Quito abberufen "
    "werde, nachdem Soldaten die Grenze bei Tumbes überschritten hatten.",
    "French": "Le ministre des affaires étrangères du Pérou a déclaré lundi que son gouvernement allait rappeler son "
    "ambassadeur à Quito après que des soldats ont franchi la frontière.",
    "Spanish": "El ministro de Relaciones Exteriores del Perú dijo el lunes que su gobierno retirará a su embajador en "
    "Quito después de que unos soldados cruzaran la frontera cerca de Tumbes.",
    "Portuguese": "O ministro das Relações Exteriores do Peru disse na segunda-feira que o seu governo vai retirar o "
    "embaixador em Quito depois que soldados cruzaram a fronteira perto de Tumbes.",
    "Italian": "Il ministro degli Esteri del Perù ha detto lunedì che il suo governo richiamerà l'ambasciatore da "
    "Quito dopo che alcuni soldati hanno attraversato il confine vicino a Tumbes.",
    "Dutch": "De minister van Buitenlandse Zaken van Peru zei maandag dat zijn regering de ambassadeur uit Quito "
    "terugroept nadat soldaten de grens bij Tumbes waren overgestoken.",
    "Swedish": "Perus utrikesminister sade på måndagen att regeringen kallar hem sin ambassadör från Quito efter att "
    "soldater har gått över gränsen nära Tumbes, och att den inte utesluter sanktioner.",
    "Polish": "Minister spraw zagranicznych Peru powiedział w poniedziałek, że jego rząd odwoła ambasadora z Quito po "
    "tym, jak żołnierze przekroczyli granicę w pobliżu Tumbes, i że nie wyklucza sankcji.",
    "Czech": "Ministr zahraničí Peru v pondělí řekl, že jeho vláda odvolá velvyslance z Quita poté, co vojáci "
    "překročili hranici u Tumbesu, a že se nevyhne ani sankcím, které jsou podle něj nutné.",
    "Turkish": "Peru dışişleri bakanı pazartesi günü yaptığı açıklamada, askerlerin sınırı geçmesinden sonra "
    "hükümetin bu nedenle Quito büyükelçisini geri çağıracağını ve daha sert bir karar için hazır olduğunu söyledi.",
    "Indonesian or Malay": "Menteri luar negeri Peru mengatakan pada hari Senin bahwa pemerintahnya akan memanggil "
    "pulang duta besar dari Quito setelah tentara melintasi perbatasan di dekat Tumbes, dan tidak menutup "
    "kemungkinan sanksi.",
    "Finnish": "Perun ulkoministeri sanoi maanantaina, että hallitus kutsuu suurlähettiläänsä kotiin Quitosta sen "
    "jälkeen, kun sotilaat olivat ylittäneet rajan, ja että se ei sulje pois myös pakotteita.",
    "Romanian": "Ministrul de externe al statului Peru a declarat luni că guvernul își va rechema ambasadorul de la "
    "Quito după ce soldați au trecut granița în apropiere de Tumbes și că nu exclude sancțiuni.",
    "Hungarian": "Peru külügyminisztere hétfőn azt mondta, hogy a kormány hazahívja a nagykövetet Quitóból, "
    "miután a katonák átlépték a határt, és hogy a szankciók sem zárhatók ki, ha ez így megy tovább.",
    "Russian": "Министр иностранных дел Перу заявил в понедельник, что его правительство отзовёт посла из Кито "
    "после того, как солдаты перешли границу.",
    "Ukrainian": "Міністр закордонних справ Перу заявив у понеділок, що його уряд відкличе посла з Кіто після "
    "того, як солдати перейшли кордон і захопили міст.",
    "Arabic": "قال وزير خارجية بيرو يوم الاثنين إن حكومته ستستدعي السفير من كيتو بعد أن عبر جنود الحدود قرب المدينة",
    "Greek": "Ο υπουργός Εξωτερικών του Περού δήλωσε τη Δευτέρα ότι η κυβέρνησή του θα ανακαλέσει τον πρέσβη.",
    "Chinese or Japanese": "秘鲁外交部长周一表示，在士兵越过边界之后，政府将召回驻基多大使。" * 3,
    "Korean": "페루 외무장관은 월요일 군인들이 국경을 넘은 뒤 정부가 키토 주재 대사를 소환할 것이라고 말했다. " * 3,
}  # fmt: skip


@pytest.mark.parametrize("text", ENGLISH)
def test_english_prose_passes(text: str) -> None:
    assert guess_other_language(text) is None


@pytest.mark.parametrize("language", OTHERS)
def test_prose_of_other_languages_is_told_by_name(language: str) -> None:
    assert guess_other_language(OTHERS[language]) == language


def test_a_language_that_the_table_lacks_is_still_not_english() -> None:
    estonian = (
        "Peruu välisminister ütles esmaspäeval, et valitsus kutsub suursaadiku Quitost tagasi pärast seda, kui "
        "sõdurid ületasid piiri Tumbese lähedal. Ministri sõnul ootab riik selgitusi ning võib kehtestada "
        "sanktsioone. Naaberriigi valitsus lükkas süüdistused tagasi ja nimetas neid alusetuteks. Vaatlejad märgivad, "
        "et suhted halvenesid juba eelmisel aastal, kui läbirääkimised katkesid. Uusi kohtumisi pole kavandatud ning "
        "kumbki pool ei soovi järele anda."
    )
    assert guess_other_language(estonian) == "another language"


@pytest.mark.parametrize("text", ["", "Lima!", "Wien ruft den Botschafter aus Quito zurück.", "12 34 56 " * 90])
def test_what_is_too_short_to_tell_passes(text: str) -> None:
    assert guess_other_language(text) is None


def test_a_report_that_quotes_another_language_at_length_is_english() -> None:
    assert guess_other_language(" ".join(ENGLISH[:3]) + f' It read: "{OTHERS["Spanish"]}"') is None


def test_what_a_document_says_of_itself_decides() -> None:
    def told(language: str | None, text: str = ENGLISH[0]) -> str | None:
        return other_language(Document(id="1", text=text, language=language))

    assert told("de") == "German"
    assert told("pt-BR") == "Portuguese"
    assert told("Klingon") == "Klingon"
    assert [told(each, OTHERS["German"]) for each in ("en", "EN_gb", "eng", "English")] == [None] * 4
    assert told(None, OTHERS["German"]) == told("und", OTHERS["German"]) == "German"


def test_the_stream_keeps_its_order_and_names_what_it_passes_over() -> None:
    english, german = (
        Document(id="a", text=ENGLISH[0]),
        Document(id="b", text=OTHERS["German"], url="http://b.example/"),
    )
    broken = InputError("c", "is broken", "Mend it")
    assert list(keep_english([german, broken, english])) == [
        Skipped("document b (http://b.example/)", "not in English (German)"),
        broken,
        english,
    ]


def test_every_language_of_the_table_has_words_of_its_own() -> None:
    rows = read_table("formats/languages.csv", COLUMNS)
    assert len({row["code"] for row in rows}) == len({row["name"] for row in rows}) == len(rows)
    for row in rows:
        others = {w for other in rows if other["name"] != row["name"] for w in other.alternatives("words")}
        assert len(set(row.alternatives("words")) - others) >= 4, row["name"]
