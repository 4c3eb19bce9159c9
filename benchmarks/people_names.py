"""Names for invented people: a few cultures, common names in falling order, and how they shorten.

Written for the benchmarks alone: the resolver's own tables are not read here, so that what it
gets right it gets right by its own knowledge.
"""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Culture:
    """Given names by sex, family names, and the sounds rare family names are made of."""

    weight: float
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    double: float = 0.0
    women_ending: tuple[str, str] = ("", "")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CULTURES: dict[str, Culture] = {
    "english": Culture(
        0.46,
        _words(
            "Mary Jennifer Elizabeth Patricia Jessica Sarah Karen Susan Emily Margaret Katherine "
            "Laura Rebecca Amanda Stephanie Christine Michelle Deborah Nicole Samantha Victoria "
            "Kimberly Anna Rachel Julie Heather Megan Alexandra Abigail Olivia Hannah Charlotte "
            "Lucy Claire Joanne Danielle Natalie Pamela Cynthia Theresa Judith Penelope Harriet "
            "Beatrice Imogen Rosalind"
        ),
        _words(
            "James John Robert Michael David William Richard Thomas Christopher Daniel Matthew "
            "Andrew Joseph Anthony Steven Mark Paul Kevin Brian Timothy Jonathan Nicholas "
            "Benjamin Samuel Gregory Patrick Alexander Edward Peter Ronald Stephen Jacob Zachary "
            "Nathaniel Charles George Kenneth Joshua Frederick Gerald Philip Raymond Douglas "
            "Lawrence Albert Walter"
        ),
        _words(
            "Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Thomas Moore "
            "Jackson Martin Thompson White Harris Clark Lewis Robinson Walker Young Allen King "
            "Wright Scott Hill Green Adams Baker Nelson Hall Campbell Mitchell Carter Roberts "
            "Phillips Evans Turner Parker Collins Edwards Stewart Morris Murphy Cook Rogers "
            "Morgan Cooper Peterson Reed Bailey Kelly"
        ),
        _words(
            "Ash Black Brad Carl Crom Dun East Fair Gold Hart Hol Kirk Lang Long Mar Nor Oak Pem "
            "Rad Ship Stan Thorn Wal Wes Whit Win Wood Hath Bar Lam Hunt El Ham Raven Mill Penn "
            "Thur Stock"
        ),
        _words(
            "ley ton ford well worth by field brook wood man shaw ham bridge more sey wick combe "
            "low"
        ),
    ),
    "spanish": Culture(
        0.13,
        _words(
            "Maria Carmen Ana Isabel Laura Cristina Marta Lucia Elena Paula Rosa Francisca "
            "Dolores Pilar Guadalupe Teresa Beatriz Rocio Ines Mercedes Alejandra Gabriela "
            "Valentina Daniela"
        ),
        _words(
            "Jose Antonio Juan Manuel Francisco Luis Javier Carlos Jesus Alejandro Miguel Rafael "
            "Pedro Pablo Sergio Fernando Jorge Alberto Diego Eduardo Ramon Enrique Ignacio "
            "Guillermo Santiago"
        ),
        _words(
            "García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín "
            "Jiménez Ruiz Hernández Díaz Moreno Muñoz Álvarez Romero Alonso Gutiérrez Navarro "
            "Torres Domínguez Vázquez Ramos Gil Ramírez Serrano Blanco Molina Morales Suárez "
            "Ortega Delgado Castro Ortiz Rubio"
        ),
        _words(
            "Al Bar Cas Cor Es Gal Hol Ler Mon Ner Or Pal Quin Ri Sal Tor Ur Val Zar Ben Car Del"
        ),
        _words("deno rero illo anzo eda ueta osa ares egui orta ada ellas enes ejo uela arte"),
        0.5,
    ),
    "german": Culture(
        0.13,
        _words(
            "Anna Katharina Julia Sabine Susanne Petra Claudia Birgit Elisabeth Johanna Lena "
            "Franziska Magdalena Christina Stefanie Ulrike Annette Hannah Gabriele Charlotte "
            "Margarete Theresa"
        ),
        _words(
            "Thomas Michael Andreas Stefan Christian Markus Matthias Alexander Johannes Jürgen "
            "Wolfgang Sebastian Maximilian Tobias Florian Günther Jörg Joachim Friedrich Benjamin "
            "Hans-Peter"
        ),
        _words(
            "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer "
            "Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger "
            "Hofmann Hartmann Lange Schmitt Werner Krause Meier Lehmann Schmid Maier Köhler "
            "Herrmann König Walter Kaiser"
        ),
        _words(
            "Acht Brand Dorn Eich Feld Grün Hasel Kalt Linden Mühl Ober Reich Stein Teich Wald Win"
        ),
        _words("bauer berg hofer meier mann stein thal ner brecht huber hausen felder inger wirth"),
        0.02,
    ),
    "slavic": Culture(
        0.09,
        _words(
            "Anastasia Ekaterina Maria Anna Olga Tatiana Natalia Elena Svetlana Irina Yulia "
            "Ksenia Katarzyna Małgorzata Agnieszka Joanna Magdalena Aleksandra Ewa"
        ),
        _words(
            "Alexander Dmitry Sergey Alexey Andrey Mikhail Vladimir Nikolay Ivan Yuri Pavel "
            "Konstantin Evgeny Tomasz Krzysztof Piotr Jan Michał Stanisław Wojciech"
        ),
        _words(
            "Ivanov Smirnov Kuznetsov Popov Vasiliev Petrov Sokolov Mikhailov Novikov Fedorov "
            "Morozov Volkov Alekseev Lebedev Semenov Egorov Pavlov Kozlov Stepanov Nikolaev Orlov "
            "Andreev"
        ),
        _words("Bel Chern Dor Gor Kar Lap Mel Ner Os Pan Rog Shch Tver Vor Zhuk Bar Kras Gol Sur"),
        _words("enkov ovtsev ilin atov ukhin ashov erikov osov inov adnikov ezov yukov"),
        0.0,
        ("v", "va"),
    ),
    "east_asian": Culture(
        0.08,
        _words(
            "Wei Fang Na Xiuying Min Jing Li Yan Xiaoming Meiling Ji-woo Seo-yeon Min-seo Ha-eun "
            "Yuki Haruka Aiko Sakura Thuy Linh Huong Lan"
        ),
        _words(
            "Wei Lei Jun Yong Jie Tao Ming Chao Xiaolong Jianguo Min-jun Seo-jun Ji-hoon Dong- "
            "hyun Hiroshi Kenji Takashi Daiki Minh Tuan Duc Hung"
        ),
        _words(
            "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Kim Lee Park Choi Jung Kang Nguyen "
            "Tran Le Pham Tanaka Suzuki Sato Watanabe Ito Yamamoto Xu Sun Ma Zhu Hu Guo He Lin "
            "Gao"
        ),
        _words("Fuji Ishi Kawa Matsu Mori Naka Oka Saka Taka Ueda Yama Kita Hira Shima Kuro"),
        _words("moto da mura no saki hara guchi yama shita kawa naga"),
    ),
    "south_asian": Culture(
        0.11,
        _words(
            "Priya Anjali Pooja Neha Divya Lakshmi Sunita Kavita Deepika Shreya Aishwarya Fatima "
            "Ayesha Zainab Meera Nandini"
        ),
        _words(
            "Rahul Amit Rajesh Sanjay Vijay Suresh Arjun Rohit Vikram Anil Mohammed Ahmed Ali "
            "Omar Abdul Krishnamurthy Venkatesh Siddharth Aditya"
        ),
        _words(
            "Sharma Patel Singh Kumar Gupta Khan Reddy Shah Rao Nair Iyer Mehta Joshi Desai Verma "
            "Das Mukherjee Banerjee Chatterjee Ahmed Hussain Malik Ali Agarwal Kapoor Malhotra "
            "Bose"
        ),
        _words("Bhat Chand Dev Gan Hari Jag Kal Lal Man Nag Pra Ram Sub Tri Ven Yad Sri Kri"),
        _words("arajan eswaran adhyay nathan wani kar iwal apathi anki olkar ekar asamy"),
    ),
}

#: Short forms people use in daily life.
SHORT: dict[str, tuple[str, ...]] = {
    name: tuple(forms.split())
    for name, forms in {
        "Jennifer": "Jen Jenny",
        "Elizabeth": "Liz Beth Lizzie Betty",
        "Patricia": "Pat Trish Patty",
        "Jessica": "Jess",
        "Susan": "Sue Susie",
        "Emily": "Em Emmy",
        "Margaret": "Maggie Peggy Meg",
        "Katherine": "Kate Kathy Katie",
        "Rebecca": "Becky Becca",
        "Amanda": "Mandy",
        "Stephanie": "Steph",
        "Christine": "Chris Chrissy",
        "Deborah": "Debbie Deb",
        "Nicole": "Nikki",
        "Samantha": "Sam",
        "Victoria": "Vicky Tori",
        "Kimberly": "Kim",
        "Alexandra": "Alex Sandra",
        "Abigail": "Abby",
        "Pamela": "Pam",
        "Cynthia": "Cindy",
        "Theresa": "Terry Tess",
        "Judith": "Judy",
        "Penelope": "Penny",
        "James": "Jim Jimmy Jamie",
        "John": "Jack Johnny",
        "Robert": "Bob Rob Bobby",
        "Michael": "Mike Mick",
        "David": "Dave",
        "William": "Bill Will Billy",
        "Richard": "Rick Dick Rich",
        "Thomas": "Tom Tommy",
        "Christopher": "Chris",
        "Daniel": "Dan Danny",
        "Matthew": "Matt",
        "Andrew": "Andy Drew",
        "Joseph": "Joe Joey",
        "Anthony": "Tony",
        "Steven": "Steve",
        "Stephen": "Steve",
        "Timothy": "Tim",
        "Jonathan": "Jon",
        "Nicholas": "Nick",
        "Benjamin": "Ben",
        "Samuel": "Sam",
        "Gregory": "Greg",
        "Patrick": "Pat Paddy",
        "Alexander": "Alex Sasha",
        "Edward": "Ed Ted Eddie",
        "Ronald": "Ron",
        "Zachary": "Zach",
        "Nathaniel": "Nate Nathan",
        "Charles": "Charlie Chuck",
        "Kenneth": "Ken",
        "Joshua": "Josh",
        "Frederick": "Fred",
        "Gerald": "Gerry Jerry",
        "Philip": "Phil",
        "Raymond": "Ray",
        "Lawrence": "Larry",
        "Albert": "Al Bert",
        "Walter": "Walt",
        "Francisco": "Paco Pancho",
        "Jose": "Pepe",
        "Dolores": "Lola",
        "Guadalupe": "Lupe",
        "Ignacio": "Nacho",
        "Enrique": "Quique",
        "Guillermo": "Memo Guille",
        "Santiago": "Santi",
        "Isabel": "Isa",
        "Cristina": "Cris",
        "Mercedes": "Merche",
        "Alejandra": "Ale",
        "Alejandro": "Ale Alex",
        "Katharina": "Kathi Katja",
        "Elisabeth": "Lisa Elli Sissi",
        "Johanna": "Hanna",
        "Franziska": "Franzi",
        "Magdalena": "Lena Magda",
        "Stefanie": "Steffi",
        "Johannes": "Hannes",
        "Sebastian": "Basti",
        "Maximilian": "Max",
        "Tobias": "Tobi",
        "Matthias": "Matze",
        "Wolfgang": "Wolfi",
        "Friedrich": "Fritz",
        "Hans-Peter": "Hape Peter",
        "Anastasia": "Nastya",
        "Ekaterina": "Katya",
        "Tatiana": "Tanya",
        "Natalia": "Natasha",
        "Svetlana": "Sveta",
        "Yulia": "Julia",
        "Katarzyna": "Kasia",
        "Małgorzata": "Gosia",
        "Agnieszka": "Aga",
        "Joanna": "Asia",
        "Aleksandra": "Ola",
        "Dmitry": "Dima",
        "Mikhail": "Misha",
        "Vladimir": "Vova",
        "Konstantin": "Kostya",
        "Evgeny": "Zhenya",
        "Tomasz": "Tomek",
        "Krzysztof": "Krzysiek",
        "Mohammed": "Mohamed Muhammad",
        "Krishnamurthy": "Krish",
        "Venkatesh": "Venky",
        "Siddharth": "Sid",
        "Aditya": "Adi",
    }.items()
}


def pick_ranked(names: tuple[str, ...], dice: random.Random) -> str:
    """Return a name, the earlier ones oftener (Zipf with a soft head)."""
    weights = [1 / (rank + 6) for rank in range(len(names))]
    return dice.choices(names, weights)[0]


def family_name(culture: Culture, dice: random.Random, rare: float) -> str:
    """Return a common family name, or one composed of the culture's sounds."""
    if dice.random() > rare:
        return pick_ranked(culture.families, dice)
    middle = dice.choice(("", "", "", "en", "er", "a", "i", "o", "el"))
    return dice.choice(culture.starts) + middle + dice.choice(culture.ends)
